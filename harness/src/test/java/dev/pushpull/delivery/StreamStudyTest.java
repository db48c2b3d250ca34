package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.stream.VirtualStreams;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTime;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Held connections in virtual time against the closed forms: the rows of theory.md section 18 that are about streams,
 * with the values computed there. Seeds 1 to 40. No row may be off by more than four standard errors, and all together
 * must be off by as much as chance makes them.
 */
class StreamStudyTest {
    private double cycles = 4_000;

    private final TheoryRows rows = new TheoryRows();

    /** Connections as the options say, or with exponential lives. */
    private record Streams(double meanLife, long jitterNanos) implements TheoryRows.Mode {
        private static final Streams AS_ASKED = new Streams(0, 0);

        @Override
        public VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds) {
            return meanLife == 0
                    ? VirtualStreams.jittered(scenario, seeds, jitterNanos)
                    : VirtualStreams.held(scenario, seeds, meanLife);
        }

        @Override
        public List<ExchangeSizes> sizes(Scenario scenario) {
            return VirtualStreams.sizes(scenario);
        }
    }

    @Tag("study")
    @Test
    void virtualTimeReproducesTheClosedFormsOfStreams() {
        exponentialLives(0.5, 20, "1s", 21, 0.0238095, 0.047619, 0.0952381, 0.79);
        exponentialLives(2, 5, "500ms", 5.5, 0.0227273, 0.0909091, 0.0909091, 0.445);
        rows.check(
                "D~Exp(1) U~Exp(10)",
                Streams.AS_ASKED,
                quiet(2, 11 * cycles).randomOutages(10, 1),
                new TheoryFigure("mean wait", 1 / 11.0, TheoryFigure::meanSeconds));
        partialReplay();
        jitter();
        endedBySilence();
        heartbeats();

        assertThat(rows.all()).as(rows.toString()).hasSizeGreaterThan(20).allMatch(row -> Math.abs(row.z()) <= 4);
        assertThat(rows.rootMeanSquare()).as(rows.toString()).isBetween(0.8, 1.2);
    }

    @Tag("slow")
    @Test
    void virtualTimeReproducesTheClosedFormsOfStreamsInManyRuns() {
        rows.thorough();
        cycles = 8_000;
        virtualTimeReproducesTheClosedFormsOfStreams();
    }

    private void exponentialLives(
            double rate,
            double life,
            String reconnect,
            double cycle,
            double meanWait,
            double down,
            double connections,
            double p99) {
        String name = "λ=%s U~Exp(%s) D=%s".formatted(rate, life, reconnect);
        ScenarioDraft draft = quiet(rate, cycle * cycles).option("--reconnect", reconnect);
        rows.check(
                name,
                new Streams(life, 0),
                draft,
                new TheoryFigure("mean wait", meanWait, TheoryFigure::meanSeconds),
                new TheoryFigure(
                        "connections/event",
                        connections,
                        perEvent(tally -> stream(tally).made())),
                TheoryFigure.quantile(0.99, p99),
                new TheoryFigure("held", 1 - down, perSecond(cycle * cycles)));
        rows.check(
                name + " without replay",
                new Streams(life, 0),
                draft.option("--replay", "none"),
                new TheoryFigure("lost", down, TheoryFigure::lost));
    }

    private void partialReplay() {
        rows.check(
                "newest 6 of λD=10 replayed",
                Streams.AS_ASKED,
                quiet(10, 11 * cycles)
                        .option("--stream-lifetime", "10s")
                        .option("--reconnect", "1s")
                        .option("--replay", "6"),
                new TheoryFigure("lost", 0.0373635, TheoryFigure::lost));
        rows.check(
                "last 1.2 s of D=2 replayed",
                Streams.AS_ASKED,
                quiet(1, 22 * cycles)
                        .option("--stream-lifetime", "20s")
                        .option("--reconnect", "2s")
                        .option("--replay", "1.2s"),
                new TheoryFigure("lost", 0.0363636, TheoryFigure::lost),
                new TheoryFigure("mean wait", 1.2 * 1.2 / 2 / 21.2, TheoryFigure::meanSeconds));
        rows.check(
                "last 1.2 s of D~Exp(1) replayed",
                Streams.AS_ASKED,
                quiet(1, 11 * cycles).randomOutages(10, 1).option("--replay", "1.2s"),
                new TheoryFigure("lost", Math.exp(-1.2) / 11, TheoryFigure::lost));
        rows.check(
                "newest 3 of D~Exp(2) replayed",
                Streams.AS_ASKED,
                quiet(2, 12 * cycles).randomOutages(10, 2).option("--replay", "3"),
                new TheoryFigure("lost", Math.pow(0.8, 3) / 6, TheoryFigure::lost));
    }

    /** D uniform from 1 to 3 s: E[D] = 2, E[D^2] = 4 + 4/12. */
    private void jitter() {
        Streams jittered = new Streams(0, 2_000_000_000L);
        ScenarioDraft draft =
                quiet(1, 22 * cycles).option("--stream-lifetime", "20s").option("--reconnect", "1s");
        rows.check(
                "D~U(1, 3) U=20",
                jittered,
                draft,
                new TheoryFigure("mean wait", (4 + 4 / 12.0) / 44, TheoryFigure::meanSeconds),
                new TheoryFigure(
                        "connections/event",
                        1 / 22.0,
                        perEvent(tally -> stream(tally).made())));
        rows.check(
                "D~U(1, 3) U=20, last 2.5 s replayed",
                jittered,
                draft.option("--replay", "2500ms"),
                new TheoryFigure("lost", 0.25 / 4 / 22, TheoryFigure::lost));
    }

    private void endedBySilence() {
        rows.check(
                "no heartbeat, read timeout 4 s, λ=0.5, D=0.3",
                Streams.AS_ASKED,
                quiet(0.5, 13 * cycles).option("--read-timeout", "4s").option("--reconnect", "300ms"),
                new TheoryFigure(
                        "mean life",
                        12.7781,
                        tally -> stream(tally).heldSeconds() / stream(tally).made()),
                new TheoryFigure(
                        "connections/event",
                        0.152927,
                        perEvent(tally -> stream(tally).made())),
                new TheoryFigure("mean wait", 0.00344086, TheoryFigure::meanSeconds));
        rows.check(
                "no heartbeat, read timeout 2 s, λ=0.05: mostly empty connections",
                Streams.AS_ASKED,
                quiet(0.05, 2.5 * cycles).option("--read-timeout", "2s").option("--reconnect", "500ms"),
                new TheoryFigure(
                        "connections/event",
                        1 / (0.05 * (Math.expm1(0.1) / 0.05 + 0.5)),
                        perEvent(tally -> stream(tally).made())));
    }

    private void heartbeats() {
        ToDoubleFunction<VirtualTally> beats = perEvent(tally -> stream(tally).beats());
        ScenarioDraft always = ScenarioDraft.poisson(0.2, 5 * cycles).option("--heartbeat", "3s");
        ScenarioDraft idle = always.option("--heartbeat-when", "idle");
        rows.check(
                "heartbeats every 3 s, λ=0.2", Streams.AS_ASKED, always, new TheoryFigure("a event", 1 / 0.6, beats));
        rows.check("heartbeats when idle for 3 s", Streams.AS_ASKED, idle, new TheoryFigure("a event", 1.21637, beats));
        double ofALife = 0;
        for (double silent = 3; silent < 20; silent += 3) {
            ofALife += Math.exp(-0.2 * silent) * (1 + 0.2 * (20 - silent));
        }
        rows.check(
                "heartbeats when idle, connections of 20 s",
                Streams.AS_ASKED,
                idle.duration(21 * cycles).option("--stream-lifetime", "20s").option("--reconnect", "1s"),
                new TheoryFigure("a event", ofALife / (0.2 * 21), beats));
        rows.check(
                "heartbeats when idle, up 10 s, down 1 s",
                Streams.AS_ASKED,
                idle.duration(11 * cycles).randomOutages(10, 1),
                new TheoryFigure("a event", 3 / Math.expm1(0.3 * 3) / (0.2 * 11), beats));
    }

    private static ScenarioDraft quiet(double rate, double seconds) {
        return ScenarioDraft.poisson(rate, seconds)
                .option("--heartbeat", "none")
                .drain(100);
    }

    private static KindTally stream(VirtualTally tally) {
        return tally.wire().of(VirtualStreams.STREAM);
    }

    private static ToDoubleFunction<VirtualTally> perEvent(ToDoubleFunction<VirtualTally> count) {
        return tally -> count.applyAsDouble(tally) / tally.total(Count.EXPECTED);
    }

    /** Of two consumers. */
    private static ToDoubleFunction<VirtualTally> perSecond(double seconds) {
        return tally -> stream(tally).heldSeconds() / 2 / seconds;
    }
}
