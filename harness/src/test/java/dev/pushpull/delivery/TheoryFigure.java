package dev.pushpull.delivery;

import dev.pushpull.scenario.Kind;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import java.util.function.ToDoubleFunction;

/**
 * A figure that has a closed form, and how to read it from a simulation.
 *
 * @param expected the closed form's value
 */
record TheoryFigure(String name, double expected, ToDoubleFunction<VirtualTally> simulated) {
    static TheoryFigure quantile(double p, double seconds) {
        return new TheoryFigure(
                "p" + 100 * p, seconds, tally -> tally.latencies().quantileNanos(p) / 1e9);
    }

    static double meanSeconds(VirtualTally tally) {
        return tally.latencySumNanos() / tally.total(Count.DELIVERED) / 1e9;
    }

    static double wasted(VirtualTally tally) {
        return 1 - perPoll(tally, tally.wire().of(Exchanges.POLL).filled());
    }

    static double perPoll(VirtualTally tally, long count) {
        return (double) count / made(tally, Exchanges.POLL);
    }

    static long made(VirtualTally tally, Kind kind) {
        return tally.wire().of(kind).made();
    }

    static double requestsPerEvent(VirtualTally tally) {
        return (double) made(tally, Exchanges.POLL) / tally.total(Count.EXPECTED);
    }

    static double attemptsPerEvent(VirtualTally tally) {
        return (double) made(tally, Exchanges.ATTEMPT) / tally.total(Count.EXPECTED);
    }

    static double lost(VirtualTally tally) {
        return 1 - (double) tally.total(Count.DELIVERED) / tally.total(Count.EXPECTED);
    }
}
