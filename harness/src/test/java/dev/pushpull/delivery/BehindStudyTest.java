package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.longpoll.VirtualLongPolling;
import dev.pushpull.delivery.stream.VirtualStreams;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.theory.CutLongPoll;
import dev.pushpull.theory.StreamCycle;
import dev.pushpull.virtual.KindTally;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTime;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Held connections and long polls behind a middlebox, in virtual time against the closed forms. Seeds 1 to 40. No row may
 * be off by more than four standard errors, and all together must be off by as much as chance makes them.
 */
class BehindStudyTest {
    private double cycles = 4_000;

    private final TheoryRows rows = TheoryRows.apart();

    private static final TheoryRows.Mode STREAMS = new TheoryRows.Mode() {
        @Override
        public VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds) {
            return VirtualStreams.held(scenario, seeds);
        }

        @Override
        public List<ExchangeSizes> sizes(Scenario scenario) {
            return VirtualStreams.sizes(scenario);
        }
    };

    @Tag("study")
    @Test
    void virtualTimeReproducesTheClosedFormsOfWhatStandsBetween() {
        endedWhenIdle();
        endedByLifetime();
        diedInSilence();
        longPollsCutOff();
        endedByEither();

        assertThat(rows.all()).as(rows.toString()).hasSizeGreaterThan(15).allMatch(row -> Math.abs(row.z()) <= 4);
        assertThat(rows.rootMeanSquare()).as(rows.toString()).isBetween(0.8, 1.2);
    }

    @Tag("slow")
    @Test
    void virtualTimeReproducesTheClosedFormsOfWhatStandsBetweenInManyRuns() {
        rows.thorough();
        cycles = 8_000;
        virtualTimeReproducesTheClosedFormsOfWhatStandsBetween();
    }

    private void endedWhenIdle() {
        rows.check(
                "idle timeout 4 s, λ=0.5, D=0.3",
                STREAMS,
                quiet(0.5, 13 * cycles).option("--reconnect", "300ms").behind(box(4, 0, false, 0)),
                new TheoryFigure("mean life", 12.7781, meanHeld()),
                new TheoryFigure(
                        "connections/event",
                        0.152927,
                        perEvent(tally -> stream(tally).made())),
                new TheoryFigure("mean wait", 0.00344086, TheoryFigure::meanSeconds));
        double life = StreamCycle.lifeUntilSilence(0.5, 4, 2);
        rows.check(
                "idle timeout 4 to 6 s, λ=0.5, D=0.3",
                STREAMS,
                quiet(0.5, 20 * cycles).option("--reconnect", "300ms").behind(box(4, 0, false, 2)),
                new TheoryFigure("mean life", life, meanHeld()),
                new TheoryFigure(
                        "connections/event",
                        1 / (0.5 * (life + 0.3)),
                        perEvent(tally -> stream(tally).made())));
        rows.check(
                "idle timeout 4 s, heartbeats when idle for 5 s never come",
                STREAMS,
                ScenarioDraft.poisson(0.5, 13 * cycles)
                        .option("--heartbeat", "5s")
                        .option("--heartbeat-when", "idle")
                        .option("--reconnect", "300ms")
                        .drain(100)
                        .behind(box(4, 0, false, 0)),
                new TheoryFigure(
                        "connections/event",
                        0.152927,
                        perEvent(tally -> stream(tally).made())));
    }

    private void endedByEither() {
        double[][] settings = {{0.5, 4, 10}, {0.5, 4, 30}, {2, 1, 3.5}};
        for (double[] setting : settings) {
            double rate = setting[0];
            double life = StreamCycle.lifeUntilSilenceWithin(rate, setting[1], setting[2]);
            double cycle = life + 0.3;
            rows.check(
                    "idle timeout %s s, lifetime %s s, λ=%s, D=0.3".formatted(setting[1], setting[2], rate),
                    STREAMS,
                    quiet(rate, cycle * cycles)
                            .option("--reconnect", "300ms")
                            .behind(box(setting[1], setting[2], false, 0)),
                    new TheoryFigure("mean life", life, meanHeld()),
                    new TheoryFigure(
                            "connections/event",
                            1 / (rate * cycle),
                            perEvent(tally -> stream(tally).made())),
                    new TheoryFigure("mean wait", 0.3 * 0.3 / 2 / cycle, TheoryFigure::meanSeconds));
        }
    }

    private void endedByLifetime() {
        ScenarioDraft draft = quiet(2, 21 * cycles).option("--reconnect", "1s").behind(box(0, 20, false, 0));
        rows.check(
                "lifetime 20 s, D=1",
                STREAMS,
                draft,
                new TheoryFigure("mean wait", 1 / 42.0, TheoryFigure::meanSeconds),
                TheoryFigure.quantile(0.99, 1 - 0.01 * 21));
        rows.check(
                "lifetime 20 s, D=1, no replay",
                STREAMS,
                draft.option("--replay", "none"),
                new TheoryFigure("lost", 1 / 21.0, TheoryFigure::lost));
    }

    private void diedInSilence() {
        double rate = 0.2;
        ScenarioDraft draft = ScenarioDraft.poisson(rate, 30 * cycles)
                .option("--heartbeat", "3s")
                .option("--read-timeout", "9s")
                .option("--reconnect", "1s")
                .drain(100);
        double age = StreamCycle.ageSince(rate, 2);
        double square = StreamCycle.ageSquaredSince(rate, 2) - age * age + (10 - age) * (10 - age);
        died("silent death after 20 s, heartbeats of 3 s", draft.behind(box(0, 20, true, 0)), 20, age, square);
        double evenAge = StreamCycle.ageOfNewestByte(rate, 3);
        double evenSquare =
                StreamCycle.ageSquaredOfNewestByte(rate, 3) - evenAge * evenAge + (10 - evenAge) * (10 - evenAge);
        died(
                "silent death after 20 to 23 s, heartbeats of 3 s",
                draft.behind(box(0, 20, true, 3)),
                21.5,
                evenAge,
                evenSquare);
        double up = 12.7781122;
        double cycle = up + 2.3;
        rows.check(
                "silent death when idle for 4 s, noticed after 6",
                STREAMS,
                quiet(0.5, cycle * cycles)
                        .option("--read-timeout", "6s")
                        .option("--reconnect", "300ms")
                        .behind(box(4, 0, true, 0)),
                new TheoryFigure(
                        "connections/event",
                        1 / (0.5 * cycle),
                        perEvent(tally -> stream(tally).made())),
                new TheoryFigure("mean wait", 2.3 * 2.3 / 2 / cycle, TheoryFigure::meanSeconds));
    }

    private void died(String name, ScenarioDraft draft, double up, double age, double downSquared) {
        double down = 10 - age;
        rows.check(
                name,
                STREAMS,
                draft,
                new TheoryFigure(
                        "connections/event",
                        1 / (0.2 * (up + down)),
                        perEvent(tally -> stream(tally).made())),
                new TheoryFigure("mean wait", downSquared / 2 / (up + down), TheoryFigure::meanSeconds));
        rows.check(
                name + ", no replay",
                STREAMS,
                draft.option("--replay", "none"),
                new TheoryFigure("lost", down / (up + down), TheoryFigure::lost));
    }

    /** The pause is the interval, since it is cut off long before its time. */
    private void longPollsCutOff() {
        CutLongPoll form = new CutLongPoll(0.2, 4, 0.2, 1.2);
        rows.check(
                "long polls cut off after 4 s of 30",
                VirtualLongPolling::held,
                ScenarioDraft.poisson(0.2, 5 * cycles)
                        .legs(0.1, 0.1)
                        .option("--wait", "30s")
                        .behind(box(4, 0, false, 0)),
                new TheoryFigure("waste", form.wasted(), TheoryFigure::wasted),
                new TheoryFigure("requests/event", form.requestsPerEvent(), TheoryFigure::requestsPerEvent),
                new TheoryFigure("mean", 0.1 + form.meanWait(), TheoryFigure::meanSeconds),
                TheoryFigure.quantile(0.99, 0.1 + form.waitQuantile(0.99)),
                TheoryFigure.quantile(0.90, 0.1 + form.waitQuantile(0.90)));
    }

    private static Middlebox box(double idle, double lifetime, boolean silent, double jitter) {
        return new Middlebox(
                "box",
                ScenarioDraft.nanos(idle),
                ScenarioDraft.nanos(lifetime),
                0,
                0,
                silent,
                ScenarioDraft.nanos(jitter));
    }

    private static ScenarioDraft quiet(double rate, double seconds) {
        return ScenarioDraft.poisson(rate, seconds)
                .option("--heartbeat", "none")
                .drain(100);
    }

    private static KindTally stream(VirtualTally tally) {
        return tally.wire().of(VirtualStreams.STREAM);
    }

    private static ToDoubleFunction<VirtualTally> meanHeld() {
        return tally -> stream(tally).heldSeconds() / stream(tally).made();
    }

    private static ToDoubleFunction<VirtualTally> perEvent(ToDoubleFunction<VirtualTally> count) {
        return tally -> count.applyAsDouble(tally) / tally.total(Count.EXPECTED);
    }
}
