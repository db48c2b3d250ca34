package dev.pushpull.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.Flip;
import dev.pushpull.scenario.Measure;
import dev.pushpull.scenario.Need;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.PooledTrials;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AdvisorPropertiesTest {
    private static final int GRID = 200;
    private static final double AS_GOOD = 1.01;

    /** The best of a fine grid over all settings of all modes is never more than a hundredth better. */
    @Test
    @Tag("study")
    void noSettingsOfThirtyRandomQuestionsAreBetterByMoreThanAHundredth() {
        assertThat(worse(30)).isEmpty();
    }

    /** Where a poll needs several pages, what it costs has several valleys. */
    @Test
    @Tag("study")
    void theLowestOfSeveralValleysIsFound() {
        assertThat(compared(557, Questions.random(new SplittableRandom(557)))).isEmpty();
    }

    @Test
    @Tag("slow")
    void noSettingsOfAThousandRandomQuestionsAreBetterByMoreThanAHundredth() {
        assertThat(worse(1000)).isEmpty();
    }

    private static List<String> worse(int questions) {
        return IntStream.range(0, questions)
                .parallel()
                .mapToObj(number -> compared(number, Questions.random(new SplittableRandom(number))))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> compared(int number, Question question) {
        double best = Double.POSITIVE_INFINITY;
        for (DeliveryMode mode : question.modes()) {
            if (ModeAdvice.exclusion(question, mode).isEmpty()) {
                best = Math.min(best, byForce(question, mode));
            }
        }
        List<Candidate> candidates = new Advisor(question).candidates();
        double found = candidates.get(0).feasible()
                ? candidates.get(0).figures().get(question.objective().column())
                : Double.POSITIVE_INFINITY;
        return found <= AS_GOOD * best + 1e-9
                ? Optional.empty()
                : Optional.of("%d: %s found %s, best %s".formatted(number, candidates.get(0), found, best));
    }

    private static double byForce(Question question, DeliveryMode mode) {
        List<Choice> choices = question.open(mode);
        ClosedForms forms = new ClosedForms(question);
        List<Constraint> constraints = Constraint.of(question, mode);
        double best = Double.POSITIVE_INFINITY;
        for (Scenario scenario : settings(question.inTheLongRun(), choices)) {
            Optional<Figures> figures = forms.of(mode, scenario).filter(known -> known.knows("latency_p95_ms"));
            boolean keeps = figures.isPresent()
                    && constraints.stream()
                            .allMatch(one -> one.loading().load(figures.get(), scenario)
                                    <= (choices.isEmpty() || one.exact() ? 1 : 1 / (1 + Search.MARGIN)));
            if (keeps) {
                best = Math.min(best, figures.get().value(question.objective().column()));
            }
        }
        return best;
    }

    private static List<Scenario> settings(Scenario base, List<Choice> choices) {
        List<Scenario> all = List.of(base);
        for (Choice choice : choices) {
            List<Scenario> more = new ArrayList<>();
            for (Scenario scenario : all) {
                for (int i = 0; i < (choice.range() ? GRID : choice.values().size()); i++) {
                    more.add(choice.setter().set(scenario, value(choice, i)));
                }
            }
            all = more;
        }
        return all;
    }

    private static long value(Choice choice, int place) {
        if (!choice.range()) {
            return choice.values().get(place);
        }
        double least = choice.values().get(0);
        return Math.round(least * Math.pow(choice.values().get(1) / least, place / (GRID - 1.0)));
    }

    @Test
    @Tag("study")
    void aFurtherConstraintNeverImprovesTheObjective() {
        constrained(15);
    }

    private static void constrained(int questions) {
        for (int number = 0; number < questions; number++) {
            Question question = Questions.random(new SplittableRandom(number));
            List<Need> more = new ArrayList<>(question.needs());
            if (more.stream().noneMatch(need -> need.measure() == Measure.LATENCY_P99)) {
                more.add(Questions.need(Measure.LATENCY_P99, 30_000));
            }
            assertThat(goal(question.withNeeds(more)))
                    .as("question " + number)
                    .isGreaterThanOrEqualTo(goal(question) * (1 - 0.005));
        }
    }

    @Test
    @Tag("study")
    void aCheaperPriceNeverRaisesTheBill() {
        cheaper(30);
    }

    private static void cheaper(int questions) {
        for (int number = 0; number < questions; number++) {
            Question question = Questions.random(new SplittableRandom(number));
            if (question.objective() == Objective.MONTHLY_COST) {
                PriceList list = question.prices();
                PriceList cheaper = new PriceList(
                        list.name(),
                        list.currency(),
                        true,
                        list.consumer().stream().map(meter -> meter.times(0.7)).toList(),
                        List.of());
                assertThat(goal(question.withPrices(cheaper, question.pricing())))
                        .as("question " + number)
                        .isLessThanOrEqualTo(goal(question) * (1 + 0.005) + 1e-9);
            }
        }
    }

    private static double goal(Question question) {
        Candidate best = new Advisor(question).candidates().get(0);
        return best.feasible() ? best.figures().get(question.objective().column()) : Double.POSITIVE_INFINITY;
    }

    /** Just below and just above, the answer is another one. */
    @Test
    @Tag("study")
    void flipsAreFlips() {
        assertThat(flips(6)).isGreaterThan(3);
    }

    @Test
    @Tag("slow")
    void soIsEachOfThemOverMoreQuestions() {
        constrained(40);
        cheaper(60);
        assertThat(flips(15)).isGreaterThan(8);
    }

    /** How many flips these questions have. */
    private static int flips(int questions) {
        int found = 0;
        for (int number = 0; number < questions; number++) {
            Question question = Questions.random(new SplittableRandom(number));
            Question priced = Questions.with(
                    question,
                    question.terms(),
                    new Pricing("", OptionalDouble.of(0.5), Map.of("webhook", 2.0)),
                    question.modes());
            List<Flip> flips = new Advisor(priced).advice().flips();
            String now = Flips.winner(priced, false);
            for (Flip flip : flips) {
                if (flip.at().isPresent()) {
                    double at = flip.at().getAsDouble();
                    Input input = Input.of(priced).stream()
                            .filter(one -> one.name().equals(flip.input()))
                            .findFirst()
                            .orElseThrow();
                    double step = input.whole() ? Math.max(1, Math.rint(0.01 * at)) : 0.01 * at;
                    double before = flip.above() ? at - step : at + step;
                    double beyond = flip.above() ? at + step : at - step;
                    assertThat(winner(input.with().apply(before)))
                            .as("before " + flip)
                            .isEqualTo(now);
                    assertThat(winner(input.with().apply(beyond)))
                            .as("beyond " + flip)
                            .isEqualTo(flip.mode());
                    found++;
                }
            }
        }
        return found;
    }

    private static String winner(Question question) {
        Candidate best = new Advisor(question).candidates().get(0);
        return best.feasible() ? best.mode() : "";
    }

    /** In forty replicates in virtual time, as by closed form. */
    @Test
    @Tag("study")
    void theChosenIntervalMeetsEveryNeedInFortyReplicates() {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(40 / 86_400.0), 1)
                .consumers(600)
                .legs(0.05, 0.03)
                .scenario();
        Need need = Questions.need(Measure.LATENCY_P95, 60_000);
        Question question = Questions.with(
                Questions.of(scenario, Objective.REQUESTS, need, Questions.need(Measure.LOST_RATIO, 1e-6)),
                Terms.ANY,
                Pricing.NONE,
                Questions.modes(List.of("polling")));
        Candidate best = new Advisor(question).candidates().get(0);
        assertThat(best.feasible()).isTrue();
        assertThat(best.figures().get("latency_p95_ms")).isLessThan(60_000);

        DeliveryMode polling = question.modes().get(0);
        Scenario set = scenario.withPolling(scenario.polling().withIntervalNanos(best.intervalNanos()));
        Scenario run = new VirtualRuns(question, 20_000).run(polling, set);
        List<Outcome> outcomes = IntStream.range(0, 40)
                .mapToObj(seed -> VirtualRuns.outcome(polling, run, seed))
                .toList();
        Outcome all = PooledTrials.of(outcomes).get(0);
        assertThat(all.latency().quantileMillis(0.95).orElseThrow()).isLessThan(60_000);
        assertThat(all.counts().lostInAll()).isZero();
    }
}
