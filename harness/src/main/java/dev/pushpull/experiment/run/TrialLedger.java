package dev.pushpull.experiment.run;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.ExchangeCounts;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The accounts of a trial. Each side has counted requests and bytes on the connections of each client. What a mode
 * counts besides is paired by the name of its account. This class knows no mode and no kind of exchange.
 */
final class TrialLedger {
    private final TrialBooks books;
    private final ExchangeCounts exchanges;
    private final MostLost most;
    private final boolean portsAreKnown;

    /** Whether servers leave before their clients do: what those say at the end, or to shake hands, is lost then. */
    private final boolean serversLeave;

    private final boolean encrypted;
    private final List<Account> accounts = new ArrayList<>();

    private TrialLedger(TrialBooks books, Scenario scenario) {
        this.books = books;
        this.exchanges = books.record().exchanges();
        this.most = new MostLost(scenario);
        this.portsAreKnown = !scenario.wire().relayed();
        this.encrypted = scenario.wire().tls();
        this.serversLeave = !scenario.faults().outages().isEmpty()
                || scenario.faults().meanUpNanos() > 0
                || !scenario.webhooks().endpoints().dead().isEmpty();
    }

    /** @param expected deliveries; each one is delivered or missed */
    static Ledger of(TrialBooks books, Scenario scenario, long expected, Map<String, Long> missed) {
        return new TrialLedger(books, scenario).ledger(expected, missed);
    }

    private Ledger ledger(long expected, Map<String, Long> missed) {
        Map<String, Long> delivered = new LinkedHashMap<>();
        delivered.put("delivered", books.record().delivered());
        missed.forEach((reason, count) -> delivered.put("missed: " + reason, count));
        accounts.add(new Account("deliveries", Map.of("expected", expected), delivered));
        WireTotals asking = books.consumers().asked();
        WireTotals sending = books.provider().sent();
        balance(new Wire(
                Begins.CONSUMER, "the provider", asking, books.provider().served(), 0));
        if (exchanges.all(Begins.PROVIDER) > 0 || sending.requests() > 0) {
            // the receiver may or may not have taken and answered what was sent again
            balance(new Wire(
                    Begins.PROVIDER,
                    "the receiver",
                    sending,
                    books.consumers().taken(),
                    books.provider().resent()));
        }
        WireTotals clients = asking.plus(sending);
        accounts.add(new Account(
                "bytes sent by all clients",
                Map.of("at the sockets", clients.bytesSent()),
                byRequest(exchanges.bytesSent(), clients.outside().bytesSent())));
        accounts.add(new Account(
                "bytes received by all clients",
                Map.of("at the sockets", clients.bytesReceived()),
                byRequest(exchanges.bytesReceived(), clients.outside().bytesReceived())));
        accounts.addAll(books.far().pairs());
        return new Ledger(accounts);
    }

    /**
     * One side's client and the other side's server.
     *
     * @param begins the side that has the client
     * @param resent requests that the client sent twice
     */
    private record Wire(Begins begins, String server, WireTotals client, WireTotals served, long resent) {}

    private void balance(Wire wire) {
        Begins begins = wire.begins();
        long broken = exchanges.broken(begins) + wire.resent();
        BrokenConnections lost = brokenConnections(wire.client(), wire.served());
        long unknown = Math.max(0, broken - lost.connections());
        List<List<Counter>> paired = counters(begins);
        long mostItems = paired.stream()
                .filter(TrialLedger::byConnection)
                .mapToLong(TrialLedger::mostInAnAnswer)
                .max()
                .orElse(0);
        accounts.add(new Account(
                "requests to " + wire.server(),
                sent(wire),
                received(
                        exchanges.all(begins) + wire.resent(),
                        wire.served().requests(),
                        exchanges.ended(begins, Ending.REFUSED),
                        broken)));
        bytes(
                "bytes to " + wire.server(),
                wire.client().bytesSent(),
                wire.served().bytesReceived(),
                lost.bytesToServer()
                        + (unknown > 0 ? exchanges.bytesSentByBroken(begins) + most.resentBytes(wire.resent()) : 0)
                        + (unknown > 0 || serversLeave ? wire.client().outside().bytesSent() : 0),
                0);
        bytes(
                "bytes from " + wire.server(),
                wire.served().bytesSent(),
                wire.client().bytesReceived(),
                lost.bytesToClient()
                        + most.answerBytes(unknown, mostItems)
                        + (encrypted && serversLeave
                                ? most.answerBytes(exchanges.ended(begins, Ending.REFUSED), 0)
                                : 0),
                wire.served().outside().bytesSent());
        for (List<Counter> pair : paired) {
            long mostLost =
                    byConnection(pair) ? lost.items() + mostInAnAnswer(pair) * unknown : mostInAnAnswer(pair) * broken;
            Map<String, Long> sent = items(pair, Side.SENT);
            Map<String, Long> received = items(pair, Side.RECEIVED);
            received.put("cut off", within(sum(sent) - sum(received), mostLost));
            accounts.add(new Account(pair.get(0).account(), sent, received));
        }
    }

    /** The counters of both sides, by account. */
    private List<List<Counter>> counters(Begins begins) {
        Map<String, List<Counter>> byAccount = new LinkedHashMap<>();
        Stream.concat(books.provider().counters().stream(), books.consumers().counters().stream())
                .filter(counter -> counter.begins() == begins)
                .forEach(counter -> byAccount
                        .computeIfAbsent(counter.account(), account -> new ArrayList<>())
                        .add(counter));
        return List.copyOf(byAccount.values());
    }

    private static boolean byConnection(List<Counter> pair) {
        return pair.stream().anyMatch(Counter::byConnection);
    }

    /** A consumer may ask for less than its provider would give. */
    private static long mostInAnAnswer(List<Counter> pair) {
        return pair.stream().mapToLong(Counter::mostInAnAnswer).min().orElse(0);
    }

    private static Map<String, Long> items(List<Counter> counters, Side side) {
        Map<String, Long> items = new LinkedHashMap<>();
        for (Counter counter : counters) {
            if (counter.side() == side) {
                items.merge(counter.item(), counter.value(), Long::sum);
            }
        }
        return items;
    }

    private static long sum(Map<String, Long> items) {
        return items.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Behind a relay, nobody knows which connections at the two ends belong together. */
    private BrokenConnections brokenConnections(WireTotals client, WireTotals server) {
        return portsAreKnown
                ? BrokenConnections.of(client, server)
                : BrokenConnections.of(WireTotals.NONE, WireTotals.NONE);
    }

    private Map<String, Long> sent(Wire wire) {
        Map<String, Long> debit = new LinkedHashMap<>();
        debit.put("set-up", exchanges.setUp(wire.begins()));
        debit.putAll(exchanges.measuredByKind(wire.begins()));
        debit.put("drain", exchanges.closing(wire.begins()));
        debit.put("sent again over a fresh connection", wire.resent());
        debit.values().removeIf(count -> count == 0);
        return debit;
    }

    /** Broken exchanges explain requests that were sent but not seen by the other side, up to their number. */
    private static Map<String, Long> received(long sent, long received, long refused, long broken) {
        Map<String, Long> credit = new LinkedHashMap<>();
        credit.put("received", received);
        credit.put("refused", refused);
        credit.put("cut off", within(sent - received - refused, broken));
        return credit;
    }

    /** A TLS handshake belongs to the request that opened the connection. The closing messages belong to no request. */
    private static Map<String, Long> byRequest(long bytes, long outside) {
        Map<String, Long> credit = new LinkedHashMap<>();
        credit.put("request by request", bytes);
        if (outside > 0) {
            credit.put("closing connections", outside);
        }
        return credit;
    }

    /**
     * @param mostLost bytes that broken exchanges can have lost
     * @param farewell bytes sent to a side that had closed and may not have read them
     */
    private void bytes(String what, long sent, long received, long mostLost, long farewell) {
        Map<String, Long> credit = new LinkedHashMap<>();
        credit.put("received", received);
        credit.put("lost with exchanges cut off", mostLost > 0 ? within(sent - received, mostLost + farewell) : 0);
        if (farewell > 0) {
            credit.put("taking leave of who had gone", mostLost > 0 ? 0 : within(sent - received, farewell));
        }
        accounts.add(new Account(what, Map.of("sent", sent), credit));
    }

    /** The gap, if what broken exchanges can lose explains it; else 0, and the account does not balance. */
    private static long within(long gap, long most) {
        return gap >= 0 && gap <= most ? gap : 0;
    }
}
