package dev.pushpull.experiment.run;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Intervals;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recorder.Purpose;
import dev.pushpull.measure.RequestCounts;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.Conditions;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.MissReason;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.NoiseVerdict;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Balances the books of a trial that has ended and makes its outcome. */
public final class Audit {
    /** Beyond this share of late events or polls the harness could not keep pace. */
    private static final double MOST_LATE = 0.01;

    /** The last bytes may be counted a moment after the other side has seen them. */
    private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Trial trial;
    private final Scenario scenario;
    private final Distribution eventLateness;
    private final Map<String, Double> cpuMillis;
    private final Distribution hiccups;
    private final long measuredNanos;
    private final long settleNanos;

    /**
     * @param scenario with the legs of this trial's mode
     * @param noise what the machine did meanwhile
     */
    public Audit(Trial trial, Scenario scenario, Noise noise, Map<String, Double> cpuMillis, long measuredNanos) {
        this(trial, scenario, noise, cpuMillis, measuredNanos, SETTLE_NANOS);
    }

    /** @param settleNanos how long books that do not balance may take until they do */
    Audit(
            Trial trial,
            Scenario scenario,
            Noise noise,
            Map<String, Double> cpuMillis,
            long measuredNanos,
            long settleNanos) {
        this.trial = trial;
        this.scenario = scenario;
        this.eventLateness = noise.eventLateness();
        this.hiccups = noise.hiccups();
        this.cpuMillis = cpuMillis;
        this.measuredNanos = measuredNanos;
        this.settleNanos = settleNanos;
    }

    public Outcome outcome() throws InterruptedException {
        TrialBooks books = trial.books();
        Map<String, Long> missed = missed(books);
        Ledger ledger = ledger(books, missed);
        long giveUp = System.nanoTime() + settleNanos + scenario.wire().rttNanos();
        while (!ledger.unbalanced().isEmpty() && System.nanoTime() < giveUp) {
            TimeUnit.MILLISECONDS.sleep(5);
            books = trial.books();
            missed = missed(books);
            ledger = ledger(books, missed);
        }
        Recorder.Record record = books.record();
        ProviderBooks provider = books.provider();
        ConsumerBooks consumers = books.consumers();
        RequestCounts requests = record.requests();
        boolean pushes = requests.measured(Purpose.ATTEMPT) > 0;
        long polls = requests.measured(Purpose.POLL);
        Outcome.Counts counts = new Outcome.Counts(
                books.occurred(),
                expected(books),
                record.delivered(),
                missed,
                record.duplicates(),
                record.reconfirmed(),
                record.outOfOrder(),
                polls + requests.measured(Purpose.PAGE) + requests.measured(Purpose.ATTEMPT),
                polls,
                requests.emptyPolls(),
                requests.measured(Purpose.ATTEMPT),
                record.skippedPolls(),
                requests.drain(),
                record.timeline().stream()
                        .mapToLong(second -> second.bytesToProvider())
                        .sum(),
                record.timeline().stream()
                        .mapToLong(second -> second.bytesToConsumer())
                        .sum(),
                consumers.asked().connections() + provider.sent().connections());
        String mode = trial.mode().name();
        Map<String, Double> cpuByRole = new LinkedHashMap<>();
        for (String role : List.of(RoleThreads.PROVIDER, RoleThreads.CONSUMER)) {
            cpuByRole.put(role, cpuMillis.getOrDefault(mode + ":" + role, 0.0));
        }
        cpuByRole.merge(RoleThreads.PROVIDER, books.lentCpuMillis(), Double::sum);
        NoiseVerdict noise = NoiseVerdict.of(hiccups, record.latency());
        return new Outcome(
                1,
                mode,
                counts,
                record.latency(),
                pushes ? record.processed() : Distribution.empty(),
                record.pollLateness(),
                record.roundTrip(),
                cpuByRole,
                new TreeMap<>(consumers.setup()),
                intervals(record),
                trial.mode().predict(scenario).orElse(new Prediction(Map.of(), List.of())),
                ledger,
                record.timeline(),
                record.latencyBySecond(),
                invalid(record, ledger),
                warnings(books, noise),
                new Conditions(measuredNanos, noise),
                trial.mode().traits());
    }

    private long expected(TrialBooks books) {
        return books.occurred() * scenario.events().consumersPerStream();
    }

    private Map<String, Long> missed(TrialBooks books) {
        ProviderBooks provider = books.provider();
        ConsumerBooks consumers = books.consumers();
        record Key(int consumer, long sequence) {}
        Map<Key, String> reasons = new HashMap<>();
        for (ProviderBooks.Unfinished unfinished : provider.unfinished()) {
            int consumer = consumers.endpoints().getOrDefault(unfinished.url(), -1);
            reasons.put(new Key(consumer, unfinished.sequence()), unfinished.reason());
        }
        boolean pushed = !consumers.endpoints().isEmpty();
        boolean polled = !pushed || books.record().requests().measured(Purpose.POLL) > 0;
        Map<String, Long> missed = new TreeMap<>();
        books.missing().forEach((consumer, sequences) -> {
            long last = books.lastSequences().getOrDefault(scenario.events().streamOf(consumer), 0L);
            long oldestKept = last - scenario.events().retention() + 1;
            for (long sequence : sequences) {
                List<String> why = new ArrayList<>();
                if (pushed) {
                    why.add(reasons.getOrDefault(new Key(consumer, sequence), MissReason.NOT_PROCESSED.text()));
                }
                if (polled) {
                    why.add((sequence < oldestKept ? MissReason.DROPPED_BY_RETENTION : MissReason.NOT_FETCHED).text());
                }
                missed.merge(MissReason.all(why), 1L, Long::sum);
            }
        });
        return missed;
    }

    private Ledger ledger(TrialBooks books, Map<String, Long> missed) {
        Recorder.Record record = books.record();
        ProviderBooks provider = books.provider();
        ConsumerBooks consumers = books.consumers();
        List<Account> accounts = new ArrayList<>();
        RequestCounts requests = record.requests();
        long attempts = requests.measured(Purpose.ATTEMPT);
        long resent = provider.resent(); // the receiver may have taken and answered the first one or not
        long broken = requests.attemptsEnded(Ending.CUT_OFF) + requests.attemptsEnded(Ending.TIMED_OUT) + resent;
        long brokenPolls = requests.askedEnded(Ending.CUT_OFF) + requests.askedEnded(Ending.TIMED_OUT);

        Map<String, Long> delivered = new LinkedHashMap<>();
        delivered.put("delivered", record.delivered());
        missed.forEach((reason, count) -> delivered.put("missed: " + reason, count));
        accounts.add(new Account("deliveries", Map.of("expected", expected(books)), delivered));

        long asked =
                requests.setUp() + requests.measured(Purpose.POLL) + requests.measured(Purpose.PAGE) + requests.drain();
        Map<String, Long> sent = new LinkedHashMap<>();
        sent.put("set-up", requests.setUp());
        sent.put("polls", requests.measured(Purpose.POLL));
        sent.put("further pages", requests.measured(Purpose.PAGE));
        sent.put("drain", requests.drain());
        accounts.add(new Account(
                "requests to the provider",
                sent,
                received(asked, provider.served().requests(), requests.askedEnded(Ending.REFUSED), brokenPolls)));
        MostLost most = new MostLost(scenario);
        BrokenConnections pollsLost = brokenConnections(consumers.asked(), provider.served());
        long pollsUnknown = Math.max(0, brokenPolls - pollsLost.connections());
        bytes(
                accounts,
                "bytes to the provider",
                consumers.asked().bytesSent(),
                provider.served().bytesReceived(),
                pollsLost.bytesToServer()
                        + (pollsUnknown > 0
                                ? requests.bytesSentByBrokenAsked()
                                        + consumers.asked().outside().bytesSent()
                                : 0),
                0);
        bytes(
                accounts,
                "bytes from the provider",
                provider.served().bytesSent(),
                consumers.asked().bytesReceived(),
                pollsLost.bytesToClient() + most.pageBytes(pollsUnknown),
                provider.served().outside().bytesSent());
        accounts.add(new Account(
                "events in polls",
                Map.of("served", provider.eventsServed()),
                eventsRead(
                        provider.eventsServed(),
                        consumers.eventsRead(),
                        pollsLost.events() + most.pageEvents(pollsUnknown))));
        if (attempts > 0 || provider.sent().requests() > 0) {
            BrokenConnections lost = brokenConnections(provider.sent(), consumers.taken());
            long unknown = Math.max(0, broken - lost.connections());
            accounts.add(new Account(
                    "webhook attempts",
                    sentAndAgain(attempts, resent),
                    received(
                            attempts + resent,
                            consumers.taken().requests(),
                            requests.attemptsEnded(Ending.REFUSED),
                            broken)));
            accounts.add(new Account(
                    "webhooks acknowledged",
                    acknowledgedBy(consumers.acknowledged(), provider.acknowledged(), broken),
                    Map.of("by the receiver", consumers.acknowledged())));
            bytes(
                    accounts,
                    "bytes to the receiver",
                    provider.sent().bytesSent(),
                    consumers.taken().bytesReceived(),
                    lost.bytesToServer()
                            + (unknown > 0
                                    ? requests.bytesSentByBrokenAttempts()
                                            + most.resentBytes(resent)
                                            + provider.sent().outside().bytesSent()
                                    : 0),
                    0);
            bytes(
                    accounts,
                    "bytes from the receiver",
                    consumers.taken().bytesSent(),
                    provider.sent().bytesReceived(),
                    lost.bytesToClient() + most.acknowledgementBytes(unknown),
                    consumers.taken().outside().bytesSent());
        }
        WireTotals clients = consumers.asked().plus(provider.sent());
        accounts.add(new Account(
                "bytes sent by all clients",
                Map.of("at the sockets", clients.bytesSent()),
                byRequest(requests.bytesSentInAll(), clients.outside().bytesSent())));
        accounts.add(new Account(
                "bytes received by all clients",
                Map.of("at the sockets", clients.bytesReceived()),
                byRequest(requests.bytesReceivedInAll(), clients.outside().bytesReceived())));
        return new Ledger(accounts);
    }

    /** Through a relay nobody knows which connection of one end is which of the other. */
    private BrokenConnections brokenConnections(WireTotals client, WireTotals server) {
        return scenario.wire().rttNanos() > 0
                ? BrokenConnections.of(WireTotals.NONE, WireTotals.NONE)
                : BrokenConnections.of(client, server);
    }

    private static Map<String, Long> sentAndAgain(long attempts, long resent) {
        Map<String, Long> debit = new LinkedHashMap<>();
        debit.put("sent", attempts);
        if (resent > 0) {
            debit.put("sent again over a fresh connection", resent);
        }
        return debit;
    }

    /** What was sent and not seen by the other side is explained by broken exchanges, as far as there were any. */
    private static Map<String, Long> received(long sent, long received, long refused, long broken) {
        Map<String, Long> credit = new LinkedHashMap<>();
        credit.put("received", received);
        credit.put("refused", refused);
        credit.put("cut off", within(sent - received - refused, broken));
        return credit;
    }

    private static Map<String, Long> eventsRead(long served, long read, long mostLost) {
        Map<String, Long> credit = new LinkedHashMap<>();
        credit.put("read", read);
        credit.put("cut off", within(served - read, mostLost));
        return credit;
    }

    private static Map<String, Long> acknowledgedBy(long receiver, long provider, long broken) {
        Map<String, Long> debit = new LinkedHashMap<>();
        debit.put("seen by the provider", provider);
        debit.put("cut off on the way back", within(receiver - provider, broken));
        return debit;
    }

    /** The handshake of TLS belongs to the request that opened the connection, leave taken of it to none. */
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
     * @param farewell of the bytes sent, those to a side that had closed and may not have read them
     */
    private static void bytes(
            List<Account> accounts, String what, long sent, long received, long mostLost, long farewell) {
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

    private Map<String, Estimate> intervals(Recorder.Record record) {
        boolean independent = scenario.events().streams() == Scenario.Streams.PER_CONSUMER;
        Map<String, Estimate> intervals = new LinkedHashMap<>();
        RequestCounts requests = record.requests();
        boolean binomial = independent
                && trial.mode().traits().has(Trait.INDEPENDENT_POLLS)
                && scenario.events().arrivals() instanceof PoissonArrivals;
        long polls = requests.measured(Purpose.POLL);
        if (polls > 0) {
            Optional<Estimate> wasted = binomial
                    ? Intervals.wilson(requests.emptyPolls(), polls)
                    : record.batches().wastedRatio(independent);
            wasted.ifPresent(estimate -> intervals.put("wasted_ratio", estimate));
        }
        record.batches()
                .requestsPerDelivery(independent)
                .ifPresent(estimate -> intervals.put("requests_per_delivery", estimate));
        record.batches()
                .bytesPerDelivery(independent)
                .ifPresent(estimate -> intervals.put("bytes_per_delivery", estimate));
        record.batches()
                .meanLatencyMillis(independent)
                .ifPresent(estimate -> intervals.put("latency_mean_ms", estimate));
        quantile(intervals, record, "latency_p50_ms", 0.5);
        quantile(intervals, record, "latency_p90_ms", 0.9);
        quantile(intervals, record, "latency_p99_ms", 0.99);
        quantile(intervals, record, "latency_p999_ms", 0.999);
        return intervals;
    }

    private static void quantile(Map<String, Estimate> intervals, Recorder.Record record, String column, double p) {
        Intervals.quantileMillis(record.latency(), p).ifPresent(estimate -> intervals.put(column, estimate));
    }

    private List<String> invalid(Recorder.Record record, Ledger ledger) {
        List<String> reasons = new ArrayList<>();
        for (Account account : ledger.unbalanced()) {
            reasons.add("the books do not balance: %s: %s against %s"
                    .formatted(account.what(), account.debit(), account.credit()));
        }
        if (record.negativeLatencies() > 0) {
            reasons.add(counted(record.negativeLatencies(), "delivery", "deliveries") + " arrived before "
                    + (record.negativeLatencies() == 1 ? "its" : "their") + " event");
        }
        if (record.malformed() > 0) {
            reasons.add(counted(record.malformed(), "answer") + " could not be read");
        }
        if (record.skippedPolls() > 0) {
            reasons.add("the harness could not keep pace: %s skipped because the one before was still out"
                    .formatted(counted(record.skippedPolls(), "poll")));
        }
        late(record, true)
                .forEach((what, share) -> reasons.add("the harness could not keep pace: " + sentence(what, share)));
        return reasons;
    }

    private List<String> warnings(TrialBooks books, NoiseVerdict noise) {
        Recorder.Record record = books.record();
        ProviderBooks provider = books.provider();
        List<String> warnings = new ArrayList<>(books.failures());
        if (noise.level() == NoiseVerdict.Level.UNUSABLE) {
            warnings.add("the machine was too noisy for %s: its own pauses are more than half of them"
                    .formatted(String.join(", ", noise.untrusted())));
        }
        late(record, false).forEach((what, share) -> warnings.add(sentence(what, share)));
        if (provider.heldBack() > 0) {
            warnings.add("%s waited for the in-flight limits (%d an endpoint, %d in all); the line was up to %,d long"
                    .formatted(
                            counted(provider.heldBack(), "webhook attempt"),
                            scenario.webhooks().maxInFlightPerEndpoint(),
                            scenario.webhooks().maxInFlight(),
                            provider.mostWaiting()));
        }
        if (provider.resent() > 0) {
            warnings.add("%s sent again at once: the receiver had closed the connection %s went over"
                    .formatted(
                            counted(provider.resent(), "webhook was", "webhooks were"),
                            provider.resent() == 1 ? "it" : "they"));
        }
        books.consumers()
                .refused()
                .forEach((reason, count) ->
                        warnings.add("the receiver refused %s: %s".formatted(counted(count, "webhook"), reason)));
        return warnings;
    }

    private static String counted(long count, String what) {
        return counted(count, what, what + "s");
    }

    private static String counted(long count, String one, String several) {
        return "%,d %s".formatted(count, count == 1 ? one : several);
    }

    /** Shares of events and polls later than T/10: those above the bound, or those below it. */
    private Map<String, Double> late(Recorder.Record record, boolean tooMany) {
        Map<String, Double> late = new LinkedHashMap<>();
        late.put("events", eventLateness.shareAbove(lateBoundNanos("events")));
        late.put("polls", record.pollLateness().shareAbove(lateBoundNanos("polls")));
        late.values().removeIf(share -> share == 0 || share > MOST_LATE != tooMany);
        return late;
    }

    private String sentence(String what, double share) {
        return "%.2f %% of %s were later than T/10 = %s"
                .formatted(100 * share, what, Quantity.readable(lateBoundNanos(what)));
    }

    /** A tenth of T; of a mode's polls, of the interval at which they are made. */
    private long lateBoundNanos(String what) {
        long intervalNanos = what.equals("polls")
                ? trial.mode().waits(scenario).leastIntervalNanos()
                : scenario.polling().intervalNanos();
        return intervalNanos / 10;
    }
}
