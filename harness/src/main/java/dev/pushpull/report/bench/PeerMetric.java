package dev.pushpull.report.bench;

import dev.pushpull.report.shared.Decimals;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** The metrics by which blocks are compared. */
enum PeerMetric {
    REQUESTS("requests_per_s", "requests/s", PeerBlock::requestsPerSecond, Decimals::significant),
    DRIVER_CPU(
            "driver_cpu_us", "driver CPU", PeerBlock::driverCpuMicros, micros -> Decimals.milliseconds(micros / 1000)),
    SERVER_CPU(
            "server_cpu_us", "server CPU", PeerBlock::serverCpuMicros, micros -> Decimals.milliseconds(micros / 1000)),
    P50("p50_ms", "p50", PeerBlock::p50Millis, Decimals::milliseconds),
    P99("p99_ms", "p99", PeerBlock::p99Millis, Decimals::milliseconds);

    /** Its name in {@code peers.csv}. */
    final String column;

    /** For people. */
    final String title;

    private final ToDoubleFunction<PeerBlock> reading;
    private final DoubleFunction<String> text;

    PeerMetric(String column, String title, ToDoubleFunction<PeerBlock> reading, DoubleFunction<String> text) {
        this.column = column;
        this.title = title;
        this.reading = reading;
        this.text = text;
    }

    /** NaN when a block does not have the figure. */
    double of(PeerBlock block) {
        return reading.applyAsDouble(block);
    }

    /** For people; empty when the figure does not exist. */
    String text(double value) {
        return Double.isFinite(value) ? text.apply(value) : "";
    }
}
