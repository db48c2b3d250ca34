package dev.pushpull.report.compared;

import dev.pushpull.report.shared.Outages;
import java.util.List;
import java.util.stream.Stream;

/** A part of the time axis, in seconds, in which all consumers of one run or of both were down. */
record ComparedOutage(double from, double to, String text) {
    private static final double SECOND_NANOS = 1e9;

    /** What both runs had alike stands there once. */
    static List<ComparedOutage> of(RunComparison.Pair pair) {
        List<Outages.Band> first = Outages.of(pair.first(), SECOND_NANOS);
        List<Outages.Band> second = Outages.of(pair.second(), SECOND_NANOS);
        return Stream.of(
                        first.stream().map(band -> of(band, second.contains(band) ? "down" : "A down")),
                        second.stream().filter(band -> !first.contains(band)).map(band -> of(band, "B down")))
                .flatMap(bands -> bands)
                .toList();
    }

    private static ComparedOutage of(Outages.Band band, String text) {
        return new ComparedOutage(band.from(), band.to(), text);
    }
}
