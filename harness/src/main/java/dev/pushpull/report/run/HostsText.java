package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.scenario.ClockBound;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The hosts of a run, in words; nothing where there is one. */
final class HostsText {
    private HostsText() {}

    /** {@code  ±0.1 ms}: by so much a latency may be off that two hosts' clocks took; empty for any other figure. */
    static String mark(Figure figure, Outcome outcome) {
        ClockBound clock = outcome.conditions().clock();
        boolean latency =
                figure.column().startsWith("latency_") || figure.column().startsWith("processed_");
        return latency && clock.crosses() && figure.value().isPresent()
                ? " ±" + Decimals.milliseconds(clock.millis())
                : "";
    }

    /** A line for each part. */
    static List<NoiseText.Line> lines(RunRecord run) {
        List<NoiseText.Line> lines = new ArrayList<>();
        for (HostFigures host : run.hosts()) {
            List<String> facts = new ArrayList<>();
            facts.add("%s, %d %s, Java %s"
                    .formatted(
                            host.address(),
                            host.processors(),
                            host.processors() == 1 ? "processor" : "processors",
                            host.java()));
            if (host.consumers() > 0) {
                facts.add(Decimals.count(host.consumers()) + (host.consumers() == 1 ? " consumer" : " consumers"));
            }
            facts.add(clock(host));
            facts.add("pauses p99 %s, p99.9 %s; CPU %s"
                    .formatted(
                            pause(host.hiccupP99Millis()),
                            pause(host.hiccupP999Millis()),
                            Decimals.milliseconds(host.cpuMillis())));
            lines.add(new NoiseText.Line(host.name(), String.join("; ", facts)));
        }
        return lines;
    }

    private static String clock(HostFigures host) {
        HostFigures.Clock clock = host.clock();
        if (clock.same()) {
            return host.role().equals("provider") ? "its clock is the run's" : "the provider's own clock";
        }
        if (!clock.known()) {
            return "a clock that could not be bounded";
        }
        return "the provider's clock shows %s to %s ms more, runs %s to %s millionths faster (%s readings, %s there and back), ±%s"
                .formatted(
                        offset(clock.leastOffsetNanos()),
                        offset(clock.mostOffsetNanos()),
                        rate(clock.leastDriftMillionths()),
                        rate(clock.mostDriftMillionths()),
                        Decimals.count(clock.samples()),
                        Decimals.milliseconds(clock.quickestWayNanos() / 1e6),
                        Decimals.milliseconds(clock.boundNanos() / 1e6));
    }

    private static String offset(long nanos) {
        return String.format(Locale.ROOT, "%,.3f", nanos / 1e6);
    }

    private static String rate(double millionths) {
        return String.format(Locale.ROOT, "%.1f", millionths);
    }

    private static String pause(OptionalDouble millis) {
        return millis.isPresent() ? Decimals.milliseconds(millis.getAsDouble()) : "unknown";
    }
}
