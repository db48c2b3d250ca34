package dev.pushpull.experiment.processes;

import dev.pushpull.experiment.processes.ChildMessages.ConsumerReport;
import dev.pushpull.experiment.processes.ChildMessages.ProviderReport;
import dev.pushpull.experiment.processes.Parts.Part;
import dev.pushpull.experiment.run.SentByPart.Sent;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.measure.ExchangeCounts;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.ModeTraits.Begins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The accounts of a provider with each part, so that an imbalance names the host. What came from a part is known by its
 * address: parts at one address have one account, and where something between them translates addresses there is none.
 */
final class PairBooks {
    private PairBooks() {}

    static List<Account> of(
            Part provider, ProviderReport sent, List<Part> parts, List<ConsumerReport> reports, boolean pushes) {
        List<Account> accounts = new ArrayList<>();
        Map<String, List<Integer>> byAddress = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            byAddress
                    .computeIfAbsent(reports.get(i).address(), address -> new ArrayList<>())
                    .add(i);
        }
        long known = byAddress.keySet().stream()
                .mapToLong(address -> sent.served().getOrDefault(address, 0L))
                .sum();
        boolean translated = known
                < sent.served().values().stream().mapToLong(Long::longValue).sum();
        byAddress.forEach((address, some) -> {
            if (!translated) {
                accounts.add(asked(provider, sent.served().getOrDefault(address, 0L), parts, reports, some));
            }
        });
        for (int i = 0; pushes && i < parts.size(); i++) {
            accounts.add(taken(
                    provider, sent, parts.get(i), reports.get(i), sent.sent().get(i)));
        }
        return accounts;
    }

    private static Account asked(
            Part provider, long served, List<Part> parts, List<ConsumerReport> reports, List<Integer> some) {
        long asked = 0;
        long refused = 0;
        long broken = 0;
        for (int i : some) {
            ExchangeCounts exchanges = reports.get(i).record().exchanges();
            asked += exchanges.all(Begins.CONSUMER);
            refused += exchanges.ended(Begins.CONSUMER, Ending.REFUSED);
            broken += exchanges.broken(Begins.CONSUMER);
        }
        List<String> names = some.stream().map(i -> parts.get(i).host()).toList();
        return account(
                "requests, %s to %s".formatted(String.join(" and ", names), provider.host()),
                asked,
                served,
                refused,
                broken,
                0);
    }

    private static Account taken(Part provider, ProviderReport sent, Part part, ConsumerReport report, Sent pair) {
        return account(
                "requests, %s to %s".formatted(provider.host(), part.host()),
                pair.requests(),
                report.books().taken().requests(),
                pair.refused(),
                pair.broken(),
                sent.books().resent());
    }

    /**
     * @param broken of those sent, nobody knows whether they were received
     * @param again so many may have been received twice
     */
    private static Account account(String what, long sent, long received, long refused, long broken, long again) {
        long gap = sent - received - refused;
        Map<String, Long> debit = new LinkedHashMap<>(Map.of("sent", sent));
        Map<String, Long> credit = new LinkedHashMap<>();
        credit.put("received", received);
        credit.put("refused", refused);
        if (gap < 0 && -gap <= again) {
            debit.put("sent again over a fresh connection", -gap);
        } else {
            credit.put("cut off", gap >= 0 && gap <= broken ? gap : 0);
        }
        return new Account(what, debit, credit);
    }
}
