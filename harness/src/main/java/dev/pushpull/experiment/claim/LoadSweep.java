package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.POLLING;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.WEBHOOK;

import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Polling beside webhooks at several load factors, and at several intervals. */
record LoadSweep(List<Cell> cells) {
    private static final int CONSUMERS = 40;
    private static final long INTERVAL_NANOS = 200 * MILLISECOND;
    private static final double LOAD_OF_INTERVALS = 0.6;
    private static final List<Double> LOADS = List.of(0.1, 0.3, LOAD_OF_INTERVALS, 1.0, 1.5, 3.0);
    private static final List<Double> FEW_LOADS = List.of(0.3, LOAD_OF_INTERVALS, 1.5, 3.0);
    private static final List<Long> OTHER_INTERVALS_NANOS = List.of(100 * MILLISECOND, 400 * MILLISECOND, SECOND);

    private static final List<Long> FEW_OTHER_INTERVALS_NANOS = List.of(100 * MILLISECOND, 400 * MILLISECOND);

    private static final List<String> COLUMNS = List.of(
            "load_factor",
            "interval_s",
            "rate_per_s",
            "mode",
            "delivered",
            "requests_per_delivery",
            "requests_per_delivery_low",
            "requests_per_delivery_high",
            "wasted_ratio",
            "bytes_per_delivery",
            "bytes_per_delivery_low",
            "bytes_per_delivery_high",
            "latency_mean_ms",
            "latency_mean_low_ms",
            "latency_mean_high_ms",
            "latency_p50_ms",
            "latency_p90_ms",
            "invalid");

    /** One load factor and interval, with both modes over the same events. */
    record Cell(Scenario scenario, Outcome polling, Outcome webhook) {
        double load() {
            return scenario.loadFactor();
        }

        double intervalMillis() {
            return scenario.polling().intervalNanos() / 1e6;
        }

        /** Whether the figures of both sides can be relied on. */
        boolean sound() {
            return polling.valid() && webhook.valid();
        }
    }

    static LoadSweep measured(ClaimSetting setting) throws IOException, InterruptedException {
        long durationNanos = (setting.quick() ? 2 : 8) * SECOND;
        List<Cell> cells = new ArrayList<>();
        for (double load : setting.quick() ? FEW_LOADS : LOADS) {
            cells.add(cell(setting, load, INTERVAL_NANOS, durationNanos, cells.size()));
        }
        for (long intervalNanos : setting.quick() ? FEW_OTHER_INTERVALS_NANOS : OTHER_INTERVALS_NANOS) {
            long longEnoughNanos = Math.max(durationNanos, 4 * intervalNanos);
            cells.add(cell(setting, LOAD_OF_INTERVALS, intervalNanos, longEnoughNanos, cells.size()));
        }
        return new LoadSweep(cells);
    }

    /** Longer intervals get more consumers, so that all cells see about the same number of events. */
    private static Cell cell(ClaimSetting setting, double load, long intervalNanos, long durationNanos, int number)
            throws IOException, InterruptedException {
        Scenario scenario = ClaimScenario.of(
                load * 1e9 / intervalNanos,
                intervalNanos,
                (int) Math.max(CONSUMERS, CONSUMERS * intervalNanos / INTERVAL_NANOS),
                durationNanos,
                setting.seed(number),
                POLLING,
                WEBHOOK);
        Map<String, Outcome> outcomes = setting.compare(scenario);
        return new Cell(scenario, outcomes.get(POLLING), outcomes.get(WEBHOOK));
    }

    /** Reliable cells at the interval that all load factors share, by load factor. */
    List<Cell> byLoad() {
        return cells.stream()
                .filter(cell -> cell.sound() && cell.scenario().polling().intervalNanos() == INTERVAL_NANOS)
                .sorted(Comparator.comparingDouble(Cell::load))
                .toList();
    }

    /** Reliable cells at one load factor, by interval. */
    List<Cell> byInterval() {
        return cells.stream()
                .filter(cell -> cell.sound() && Math.abs(cell.load() / LOAD_OF_INTERVALS - 1) < 1e-6)
                .sorted(Comparator.comparingDouble(Cell::intervalMillis))
                .toList();
    }

    /** All cells; invalid ones with their reasons. */
    EvidenceTable evidence() {
        List<List<Object>> rows = new ArrayList<>();
        for (Cell cell : cells) {
            rows.add(row(cell, cell.polling()));
            rows.add(row(cell, cell.webhook()));
        }
        return new EvidenceTable("load-sweep", COLUMNS, rows);
    }

    private static List<Object> row(Cell cell, Outcome outcome) {
        Reading requests = Reading.of(outcome, "requests_per_delivery");
        Reading bytes = Reading.of(outcome, "bytes_per_delivery");
        Reading mean = Reading.of(outcome, "latency_mean_ms");
        return Evidence.row(
                cell.load(),
                cell.intervalMillis() / 1000,
                cell.scenario().events().arrivals().ratePerSecond(),
                outcome.mode(),
                outcome.counts().delivered(),
                requests.value(),
                requests.low(),
                requests.high(),
                Reading.of(outcome, "wasted_ratio").value(),
                bytes.value(),
                bytes.low(),
                bytes.high(),
                mean.value(),
                mean.low(),
                mean.high(),
                Reading.of(outcome, "latency_p50_ms").value(),
                Reading.of(outcome, "latency_p90_ms").value(),
                String.join("; ", outcome.invalid()));
    }
}
