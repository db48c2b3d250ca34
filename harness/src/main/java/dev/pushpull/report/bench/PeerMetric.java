package dev.pushpull.report.bench;

import dev.pushpull.report.shared.Decimals;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** What blocks are compared by. */
enum PeerMetric {
    REQUESTS("requests_per_s", "requests/s", PeerBlock::requestsPerSecond, Decimals::significant),
    DRIVER_CPU(
            "driver_cpu_us", "driver CPU", PeerBlock::driverCpuMicros, micros -> Decimals.milliseconds(micros / 1000)),
    SERVER_CPU(
            "server_cpu_us", "server CPU", PeerBlock::serverCpuMicros, micros -> Decimals.milliseconds(micros / 1000)),
    P50("p50_ms", "p50", PeerBlock::p50Millis, Decimals::milliseconds),
    P99("p99_ms", "p99", PeerBlock::p99Millis, Decimals::milliseconds);

    /** As in {@code peers.csv}. */
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

    /** NaN where a block has no such figure. */
    double of(PeerBlock block) {
        return reading.applyAsDouble(block);
    }

    /** For people; empty for what does not exist. */
    String text(double value) {
        return Double.isFinite(value) ? text.apply(value) : "";
    }
}
