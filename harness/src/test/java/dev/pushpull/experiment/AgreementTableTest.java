package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.AgreementTable.Known;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.Learning;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.AgreementLine.Verdict;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.scenario.Scenario.Network;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class AgreementTableTest {
    private static final Scenario SCENARIO =
            ScenarioDraft.poisson(1, 30).interval(0.5).consumers(20).scenario();

    @Test
    void whatTakesAsLongAsItsLegsDidAgrees() {
        Map<String, Verdict> verdicts = verdicts("webhook", learned(Leg.WEBHOOK, 80, 300), measured(300));
        assertThat(verdicts)
                .containsEntry("latency_p50_ms", Verdict.AGREES)
                .containsEntry("latency_mean_ms", Verdict.AGREES);
    }

    @Test
    void aPushThatTakesHalfAsLongAgainDisagrees() {
        assertThat(verdicts("webhook", learned(Leg.WEBHOOK, 400, 300), measured(450)))
                .as("with a tolerance of the interval's size it would agree")
                .containsEntry("latency_p50_ms", Verdict.DISAGREES)
                .containsEntry("latency_mean_ms", Verdict.DISAGREES);
    }

    @Test
    void everyModeThatWaitsForNoClockIsJudgedSo() {
        Network legs = learned(Leg.POLL_RESPONSE, 400, 300);
        assertThat(verdicts("long-polling", legs, new Network(450_000, 0)))
                .containsEntry("latency_p50_ms", Verdict.DISAGREES);
    }

    @Test
    void aModeWithAClockIsJudgedByItsInterval() {
        assertThat(verdicts("polling", new Network(300_000, 0), new Network(450_000, 0)))
                .containsEntry("latency_mean_ms", Verdict.AGREES);
    }

    @Test
    void fromTooFewLegsNothingIsConcluded() {
        assertThat(verdicts("webhook", learned(Leg.WEBHOOK, 20, 300), measured(300)))
                .containsEntry("latency_p50_ms", Verdict.TOO_FEW_EVENTS)
                .containsEntry("requests_per_delivery", Verdict.AGREES);
        assertThat(verdicts("webhook", measured(300), measured(300)))
                .as("nothing was learned of how legs differ")
                .containsEntry("latency_p50_ms", Verdict.TOO_FEW_EVENTS);
        assertThat(verdicts("webhook", learned(Leg.WEBHOOK, 300, 300), measured(300)))
                .as("a p99 takes 368")
                .containsEntry("latency_p90_ms", Verdict.AGREES)
                .containsEntry("latency_p99_ms", Verdict.TOO_FEW_EVENTS);
    }

    /** Four hundred legs of four stretches have the weight of four. */
    @Test
    void whereTheMachineWasBusyForAWhileAtATimeTheLegsAreKnownLessWell() {
        Network slow = learned(Leg.WEBHOOK, 200, 900);
        Network quick = learned(Leg.WEBHOOK, 200, 300);
        Network both = Network.learned(
                Leg.WEBHOOK,
                slow.drawn(Leg.WEBHOOK)
                        .orElseThrow()
                        .plus(quick.drawn(Leg.WEBHOOK).orElseThrow()));
        Network between = new Network(0, 810_000);
        assertThat(verdicts("webhook", both, between)).containsEntry("latency_mean_ms", Verdict.DISAGREES);
        Learning stretches = new Learning(List.of(slow, quick, slow, quick), Distribution.empty(), 0);
        assertThat(verdicts("webhook", both, between, stretches, Distribution.empty()))
                .containsEntry("latency_mean_ms", Verdict.TOO_FEW_EVENTS);
    }

    @Test
    void aMachineWhosePausesWereOthersThanWhenItsLegsWereLearnedIsNotJudged() {
        Network legs = learned(Leg.WEBHOOK, 400, 300);
        Learning quiet = new Learning(List.of(), pauses(60), 0);
        assertThat(verdicts("webhook", legs, measured(450), quiet, pauses(90)))
                .as("30 us are within what is tolerated")
                .containsEntry("latency_p50_ms", Verdict.DISAGREES);
        assertThat(verdicts("webhook", legs, measured(450), quiet, pauses(600)))
                .containsEntry("latency_p50_ms", Verdict.TOO_FEW_EVENTS)
                .containsEntry("latency_mean_ms", Verdict.TOO_FEW_EVENTS)
                .containsEntry("requests_per_delivery", Verdict.AGREES);
        assertThat(verdicts("polling", new Network(300_000, 0), new Network(450_000, 0), quiet, pauses(600)))
                .as("a wait for the next poll is longer than any of them")
                .containsEntry("latency_mean_ms", Verdict.AGREES);
    }

    @Test
    void legsThatWereLearnedWhileTheProgramWasBeingCompiledJudgeNothing() {
        Network legs = learned(Leg.WEBHOOK, 400, 300);
        Learning compiling = new Learning(List.of(), Distribution.empty(), 0.5);
        assertThat(verdicts("webhook", legs, measured(450), compiling, Distribution.empty()))
                .containsEntry("latency_p50_ms", Verdict.TOO_FEW_EVENTS);
    }

    private static Distribution pauses(long micros) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(micros * 1000, 1000);
        return new Distribution(histogram, micros * 1e6);
    }

    private static Network measured(long micros) {
        return new Network(0, micros * 1000);
    }

    /** So many, give or take a tenth. */
    private static Network learned(Leg leg, int count, long micros) {
        SplittableRandom random = new SplittableRandom(1);
        Histogram histogram = new Histogram(3);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            long nanos = micros * random.nextLong(900, 1100);
            histogram.recordValue(nanos);
            sum += nanos;
        }
        return Network.learned(leg, new Distribution(histogram, sum));
    }

    /** By metric, where a run had such legs in truth as {@code measured}. */
    private static Map<String, Verdict> verdicts(String name, Network learned, Network measured) {
        return verdicts(name, learned, measured, Learning.NONE, Distribution.empty());
    }

    private static Map<String, Verdict> verdicts(
            String name, Network learned, Network measured, Learning learning, Distribution pauses) {
        DeliveryMode mode = DeliveryModes.all().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
        EventPlan plan = EventPlan.draw(SCENARIO);
        Outcome outcome = mode.virtual()
                .simulate(
                        SCENARIO.withNetwork(measured),
                        ArrivalStreams.known(plan.timesByStream(20)),
                        new Seeds(SCENARIO.run().seed()))
                .of(1, new Prediction(Map.of(), List.of()));
        Known known = new Known(SCENARIO.withNetwork(learned), learning, pauses);
        return AgreementTable.of(mode, known, List.of(plan), outcome).stream()
                .collect(Collectors.toMap(AgreementLine::metric, AgreementLine::verdict));
    }
}
