package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.experiment.processes.ChildMessages.ConsumerReport;
import dev.pushpull.experiment.processes.ChildMessages.ProviderReport;
import dev.pushpull.experiment.processes.Parts.Part;
import dev.pushpull.experiment.run.FarBooks;
import dev.pushpull.experiment.run.ProviderSide;
import dev.pushpull.hosts.ClockComparison;
import dev.pushpull.http.WireTotals;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.scenario.ClockBound;
import dev.pushpull.scenario.HostFigures.Clock;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the parts of a trial said of it, those that were there. */
record FarReports(Scenario scenario, Part provider, List<Part> parts, List<ConsumerReport> reports) {
    /** Of a provider that is lost. */
    static ProviderReport unknown(Scenario scenario, long occurred) {
        return new ProviderReport(
                ProviderSide.recorder(scenario, 0).record(),
                new ProviderBooks(
                        WireTotals.NONE, WireTotals.NONE, List.of(), List.of(), 0, 0, 0, List.of(), Map.of(), 0, 0, 0),
                occurred,
                Map.of(),
                List.of(),
                0,
                Map.of(),
                List.of());
    }

    /** Of all consumers. */
    ConsumerBooks books() {
        return reports.stream()
                .map(ConsumerReport::books)
                .reduce(ConsumerBooks::plus)
                .orElseGet(() -> new ConsumerBooks(
                        WireTotals.NONE, WireTotals.NONE, List.of(), Map.of(), Map.of(), List.of(), List.of()));
    }

    /**
     * What only a run over hosts has in its books.
     *
     * @param lost why a part is no longer there
     * @param further what else makes the trial invalid
     */
    FarBooks far(ProviderReport sent, List<Part> all, Optional<String> lost, List<String> further) {
        List<String> invalid = new ArrayList<>(lost.stream().toList());
        invalid.addAll(further);
        ClockBound bound = ClockBound.NONE;
        for (int i = 0; i < parts.size(); i++) {
            ClockComparison clock = reports.get(i).clock();
            if (clock.equals(ClockComparison.SAME)) {
                continue;
            }
            bound = bound.wider(ClockBound.of(clock.boundNanos()));
            if (clock.changed()) {
                invalid.add("a clock was set or changed its rate: that of the %s or of the %s"
                        .formatted(parts.get(i).host(), provider.host()));
            } else if (!clock.bounded()) {
                invalid.add("the clock of the %s cannot be bounded against that of the %s"
                        .formatted(parts.get(i).host(), provider.host()));
            } else if (-reports.get(i).earliestNanos() > clock.boundNanos()) {
                invalid.add("a delivery on the %s arrived %.3f ms before its event, and its clock is known to ±%.3f ms"
                        .formatted(
                                parts.get(i).host(), -reports.get(i).earliestNanos() / 1e6, clock.boundNanos() / 1e6));
            }
        }
        boolean whole = lost.isEmpty() && parts.size() == all.size();
        List<Account> pairs = whole
                ? PairBooks.of(provider, sent, parts, reports, !sent.sent().isEmpty())
                : List.of();
        return new FarBooks(pairs, invalid, bound);
    }

    /** How a part's clock compared; its own if that is the provider's. */
    Optional<Clock> clock(Part part) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).process() == part.process()) {
                ClockComparison clock = reports.get(i).clock();
                return Optional.of(new Clock(
                        clock.equals(ClockComparison.SAME),
                        clock.bounded(),
                        clock.samples(),
                        clock.leastOffsetNanos(),
                        clock.mostOffsetNanos(),
                        clock.boundNanos(),
                        clock.leastDriftMillionths(),
                        clock.mostDriftMillionths(),
                        clock.quickestWayNanos()));
            }
        }
        return Optional.empty();
    }
}
