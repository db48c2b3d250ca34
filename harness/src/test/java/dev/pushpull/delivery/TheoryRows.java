package dev.pushpull.delivery;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Figures of closed forms beside their means over simulations with seeds 1 to 40, with standard errors. */
final class TheoryRows {
    /** Enough to tell a wrong formula; see {@link #thorough()}. */
    private static final int FEW_SEEDS = 16;

    private static final int MANY_SEEDS = 40;

    /** Latencies to 2^-15: the comparison must not depend on buckets. */
    private static final int EXACT = 14;

    private final List<Row> rows = new ArrayList<>();
    private final boolean apart;
    private int seeds = FEW_SEEDS;
    private int scenarios;

    TheoryRows() {
        this(false);
    }

    private TheoryRows(boolean apart) {
        this.apart = apart;
    }

    /**
     * Rows whose scenarios have draws of their own, each of them from every seed: with the same draws, scenarios that
     * are much alike would be off alike.
     */
    static TheoryRows apart() {
        return new TheoryRows(true);
    }

    /** Simulates each scenario more often from here on, as the slow profile does: smaller errors are seen then. */
    void thorough() {
        seeds = MANY_SEEDS;
    }

    /** The consumers of a mode in virtual time. */
    interface Mode {
        VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds);

        /** Of all kinds of exchange that they make. */
        default List<ExchangeSizes> sizes(Scenario scenario) {
            return List.of(SurfaceBytes.polls(scenario), SurfaceBytes.webhooks(scenario));
        }
    }

    record Row(String name, double expected, double mean, double standardError) {
        double z() {
            return (mean - expected) / standardError;
        }

        @Override
        public String toString() {
            return "%-70s %12.6g %12.6g %10.2g %+6.2f".formatted(name, expected, mean, standardError, z());
        }
    }

    /** Simulates the scenario with two consumers, and adds a row for each figure. */
    void check(String name, Mode mode, ScenarioDraft asked, TheoryFigure... figures) {
        checkAsItIs(name, mode, asked.consumers(2), figures);
    }

    /** The same with the scenario's own number of consumers. */
    void checkAsItIs(String name, Mode mode, ScenarioDraft asked, TheoryFigure... figures) {
        Scenario scenario = asked.scenario();
        int number = ++scenarios;
        List<VirtualTally> tallies = LongStream.rangeClosed(1, seeds)
                .mapToObj(seed -> simulated(mode, scenario, seeds(seed, number)))
                .toList();
        for (TheoryFigure figure : figures) {
            double[] values = tallies.stream().mapToDouble(figure.simulated()).toArray();
            double mean = LongStream.range(0, seeds)
                    .mapToDouble(i -> values[(int) i])
                    .average()
                    .orElseThrow();
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            double error = Math.sqrt(squares / (seeds - 1) / seeds);
            rows.add(new Row(name + ": " + figure.name(), figure.expected(), mean, error));
        }
    }

    private Seeds seeds(long seed, int number) {
        Seeds own = new Seeds(seed);
        return apart ? new Seeds(own.derive(Seeds.Purpose.REPLICATE, number)) : own;
    }

    private static VirtualTally simulated(Mode mode, Scenario scenario, Seeds seeds) {
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        return VirtualTime.tally(scenario, events, mode.sizes(scenario), mode.consumers(scenario, seeds), EXACT);
    }

    List<Row> all() {
        return List.copyOf(rows);
    }

    /** By how many standard errors each one is off; about 1 when only chance is at work. */
    double rootMeanSquare() {
        return Math.sqrt(
                rows.stream().mapToDouble(row -> row.z() * row.z()).average().orElseThrow());
    }

    /** As a table. */
    @Override
    public String toString() {
        return String.join("\n", rows.stream().map(Row::toString).toList());
    }
}
