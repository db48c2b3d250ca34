package dev.pushpull.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.advice.Question.Periodic;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.Flip;
import dev.pushpull.scenario.Measure;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where only virtual time knows the best, it also tells where another becomes the best. */
@Tag("study")
class FlipsInVirtualTimeTest {
    /** About fifty, with one setting to choose; over a hundred if none served twice. */
    private static final int MOST_RUNS = 80;

    private static Question question;
    private static Advisor.Advice advice;
    private static long runs;

    /** What an answer has worked out serves what is asked afterwards too. */
    @BeforeAll
    static void answered() {
        question = question();
        advice = new Advisor(question).advice();
        runs = question.memo().work().runs();
    }

    @Test
    void flipsOfASimulatedAnswerAreFlips() {
        Candidate best = advice.candidates().get(0);
        assertThat(best.answer()).isEqualTo("simulated");

        List<Flip> found =
                advice.flips().stream().filter(flip -> flip.at().isPresent()).toList();
        assertThat(found).isNotEmpty().allMatch(flip -> flip.answer().equals("simulated"));
        for (Flip flip : found) {
            Input input = Input.of(question).stream()
                    .filter(one -> one.name().equals(flip.input()))
                    .findFirst()
                    .orElseThrow();
            double at = flip.at().getAsDouble();
            assertThat(winner(input.with().apply(at))).as("beyond " + flip).isEqualTo(flip.mode());
            assertThat(winner(input.with().apply(flip.above() ? at / 1.04 : at * 1.04)))
                    .as("before " + flip)
                    .isEqualTo(best.mode());
        }
    }

    @Test
    void theyTakeABoundedNumberOfRunsAndAreTheSameEachTime() {
        assertThat(runs).isLessThan(MOST_RUNS);
        assertThat(new Advisor(question()).advice().flips()).isEqualTo(advice.flips());
    }

    @Test
    void whoIsPatientIsToldOfEveryInput() {
        Question costly = costly(); // the second answer begins where the first one stopped
        assertThat(new Advisor(costly, Flips.Patience.LIMITED).advice().flips())
                .extracting(Flip::answer)
                .contains("");
        assertThat(new Advisor(costly, Flips.Patience.UNLIMITED).advice().flips())
                .extracting(Flip::answer)
                .containsOnly("simulated");
    }

    private static String winner(Question question) {
        Candidate best = new Advisor(question).candidates().get(0);
        return best.feasible() ? best.mode() : "";
    }

    private static Question question() {
        return question("--batch-wait", Optional.empty());
    }

    /** Every run lasts as long as many outages, and there are many waits to choose from. */
    private static Question costly() {
        return question("--batch-size", Optional.of(new Periodic(600_000_000_000L, 14 * 86_400_000_000_000L)));
    }

    /** Bursts are gathered into batches, of which no closed form is known; one of their two settings is given. */
    private static Question question(String given, Optional<Periodic> outage) {
        Scenario scenario = ScenarioDraft.of(new BurstyArrivals(0.05, 60_000_000_000L, 540_000_000_000L), 1)
                .consumers(600)
                .scenario();
        return new Question(
                scenario.withRun(scenario.run().withDurationNanos(30 * 86_400_000_000_000L)),
                Questions.modes(List.of("batched-webhook", "webhook")),
                Set.of(given),
                List.of(Questions.need(Measure.LATENCY_P95, 60_000)),
                Terms.ANY,
                outage,
                PriceList.NONE,
                Pricing.NONE,
                Objective.REQUESTS);
    }
}
