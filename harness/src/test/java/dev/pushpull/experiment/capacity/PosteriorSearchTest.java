package dev.pushpull.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.experiment.capacity.RateSearch.Tried;
import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.CapacityFinding.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search against servers that only exist as a rule, or as a queue in virtual time. */
class PosteriorSearchTest {
    private static final double LOWEST = 400;
    private static final double HIGHEST = 2e6;
    private static final long LONGEST = 85_000_000_000L;

    private final List<Double> rates = new ArrayList<>();

    private PosteriorSearch searched(double saturation, BiPredicate<Integer, Double> holds, double... speeds) {
        return searched(new PosteriorSearch(LOWEST, HIGHEST, saturation / speeds[0], LONGEST), holds, speeds);
    }

    private <T extends RateSearch> T searched(T search, BiPredicate<Integer, Double> holds, double... speeds) {
        int references = 0;
        double before = speeds[references++ % speeds.length];
        for (OptionalDouble rate = search.next(before, 0); rate.isPresent(); rate = search.next(before, 0)) {
            double after = speeds[references++ % speeds.length];
            boolean held = holds.test(rates.size(), rate.getAsDouble());
            rates.add(rate.getAsDouble());
            assertThat(rates).as("the search ends").hasSizeLessThan(60);
            Judgement judgement = held ? Judgement.SUSTAINED : Judgement.EXCEEDED;
            search.tried(new Tried(rate.getAsDouble(), before, after, judgement, judgement));
            before = after;
        }
        return search;
    }

    /** The figures are those of an independent program (numpy) with the same rules. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        50000 | 47000 | 44878.051 49461.855 47654.369 45331.601 46005.028 47576.059 46518.432 46682.197 47558.139 46914.423 46955.254 47553.872 47084.163 46777.263 47137.029 46886.72 46868.365 47151.223 | 47090.248 | 39961.944 | 56071.561
        25000 | 47000 | 22540.286 24852.711 29184.724 32506.813 37919.566 326109.757 86946.495 40720.288 63293.597 47233.115 41167.216 44625.306 46129.384 47105.953 46640.094 47090.791 46097.133 47030.129 46376.198 46423.341 47028.396 46555.32 46551.198 47022.409 46641.235 46625.541 | 47260.134 | 40080.502 | 58752.206
        """)
    void ratesAndAnswerAreThoseOfAnIndependentProgram(
            double saturation, double limit, String wanted, double median, double low, double high) {
        PosteriorSearch search = searched(saturation, (step, rate) -> rate < limit, 1);
        assertTried(wanted);
        assertAnswer(search, median, low, high);
        assertThat(search.limit()).isEqualTo(Limit.BOUND);
    }

    @Test
    void aMachineWhoseSpeedChangesIsFollowedAsByAnIndependentProgram() {
        PosteriorSearch search = searched(50_000, (step, rate) -> rate < 47_000, 0.95, 1, 1.05);
        assertTried("44863.096 51326.619 51334.652 44774.075 47510.807 49536.54 43959.183 46328.34 49678.105"
                + " 44392.818 46624.774 49670.814");
        assertAnswer(search, 47014.09, 39873.76, 55598.395);
    }

    @Test
    void aStepDuringWhichTheSpeedChangedMuchSaysLess() {
        CapacityPosterior sure = new CapacityPosterior(LOWEST, HIGHEST, 50_000);
        CapacityPosterior unsure = new CapacityPosterior(LOWEST, HIGHEST, 50_000);
        Tried steady = new Tried(45_000, 1.03, 1 / 1.03, Judgement.EXCEEDED, Judgement.EXCEEDED);
        Tried changing = new Tried(45_000, 1.4, 1 / 1.4, Judgement.EXCEEDED, Judgement.EXCEEDED);
        sure.tried(false, steady.nominalsPerSecond());
        unsure.tried(false, changing.nominalsPerSecond());
        assertThat(steady.nominalPerSecond()).isCloseTo(changing.nominalPerSecond(), within(1e-6));
        assertThat(sure.quantilePerSecond(0.5)).isLessThan(unsure.quantilePerSecond(0.5));
        assertThat(unsure.halfWidth()).isGreaterThan(sure.halfWidth());
    }

    @Test
    void stepsThatFailForOtherReasonsEndNothing() {
        PosteriorSearch search = searched(50_000, (step, rate) -> rate < 47_000 && step != 2 && step != 9, 1);
        assertTried("44878.051 49461.855 47654.369 45331.601 46005.028 47576.059 46518.432 46682.197 47558.139"
                + " 46914.423 46435.783 46978.619 47003.202 46645.767 47067.629 46774.483 46766.829 47085.179 46865.267"
                + " 46841.213 47097.871");
        assertAnswer(search, 47084.078, 40013.931, 56100.499);
    }

    /** Its early failures then look as if they had other reasons, and as if there were no limit above. */
    @Test
    void aPathThatGetsQuickerDuringTheSearchDoesNotLeaveTheLimitOpenAbove() {
        int open = 0;
        for (int seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            rates.clear();
            PosteriorSearch search = searched(
                    60_000,
                    (step, rate) -> {
                        double limit = 47_000 * (1 + 0.02 * step);
                        return random.nextDouble() > 0.05 + 0.95 / (1 + Math.pow(limit / rate, 24));
                    },
                    1);
            open += search.answer().interval().orElseThrow().highPerSecond() > 150_000 ? 1 : 0;
        }
        assertThat(open).isLessThanOrEqualTo(1);
    }

    private void assertTried(String wanted) {
        double[] expected = Arrays.stream(wanted.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(rates).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(rates.get(i)).as("step " + i).isCloseTo(expected[i], within(0.001));
        }
    }

    private static void assertAnswer(PosteriorSearch search, double median, double low, double high) {
        CapacityAnswer.Rate answer = search.answer().interval().orElseThrow();
        assertThat(answer.perSecond()).isCloseTo(median, within(0.001));
        assertThat(answer.lowPerSecond()).isCloseTo(low, within(0.001));
        assertThat(answer.highPerSecond()).isCloseTo(high, within(0.001));
    }

    @Test
    void aPathThatHoldsNothingIsToldByTheLowestRate() {
        PosteriorSearch search = searched(50_000, (step, rate) -> false, 1);
        assertThat(rates.get(rates.size() - 1)).isEqualTo(LOWEST);
        assertThat(rates).hasSize(PosteriorSearch.LEAST_STEPS + 1);
        assertThat(search.limit()).isEqualTo(Limit.UNMET);
        assertThat(search.answer()).isEqualTo(CapacityAnswer.NONE);
    }

    @Test
    void aServerThatHoldsWhateverIsTriedHasNoLimit() {
        PosteriorSearch search =
                searched(new PosteriorSearch(LOWEST, 60_000, 50_000, LONGEST), (step, rate) -> true, 1);
        assertThat(search.limit()).isEqualTo(Limit.HIGHEST_TRIED);
        assertThat(rates).allSatisfy(rate -> assertThat(rate).isLessThanOrEqualTo(60_000));
    }

    @Test
    void noStepBeginsAfterTheTimeIsOver() {
        PosteriorSearch search = new PosteriorSearch(LOWEST, HIGHEST, 50_000, LONGEST);
        OptionalDouble rate = search.next(1, 0);
        search.tried(new Tried(rate.getAsDouble(), 1, 1, Judgement.SUSTAINED, Judgement.SUSTAINED));
        assertThat(search.limit()).as("not over yet").isEqualTo(Limit.UNFINISHED);
        assertThat(search.next(1, LONGEST)).isEmpty();
        assertThat(search.limit()).isEqualTo(Limit.BOUND);
    }

    @Test
    void aStepWhoseDriverFellBehindIsLeftOut() {
        PosteriorSearch search = new PosteriorSearch(LOWEST, HIGHEST, 50_000, LONGEST);
        double first = search.next(1, 0).getAsDouble();
        assertThat(search.tried(new Tried(first, 1, 1, Judgement.DRIVER_LATE, Judgement.DRIVER_LATE)))
                .isFalse();
        assertThat(search.next(1, 0).getAsDouble()).as("the same again").isEqualTo(first);
    }

    @Test
    void whereTheDriverFallsBehindThreeTimesTheAnswerIsAtLeastWhatBothSustain() {
        PosteriorSearch search = new PosteriorSearch(LOWEST, HIGHEST, 50_000, LONGEST);
        int steps = 0;
        for (OptionalDouble rate = search.next(1, 0); rate.isPresent(); rate = search.next(1, 0)) {
            Judgement judgement = rate.getAsDouble() < 30_000 ? Judgement.SUSTAINED : Judgement.DRIVER_LATE;
            search.tried(new Tried(rate.getAsDouble(), 1, 1, judgement, judgement));
            assertThat(++steps).isLessThan(40);
        }
        assertThat(search.limit()).isEqualTo(Limit.DRIVER);
        assertThat(search.answer().perSecond().getAsDouble()).isCloseTo(30_000, within(1500.0));
    }

    @Test
    void aDriverThatFallsBehindOnlyBeyondTheServersLimitIsOfNoMatter() {
        PosteriorSearch search = new PosteriorSearch(LOWEST, HIGHEST, 70_000, LONGEST);
        for (OptionalDouble rate = search.next(1, 0); rate.isPresent(); rate = search.next(1, 0)) {
            double perSecond = rate.getAsDouble();
            Judgement judgement = perSecond < 30_000
                    ? Judgement.SUSTAINED
                    : perSecond < 40_000 ? Judgement.EXCEEDED : Judgement.DRIVER_LATE;
            search.tried(new Tried(perSecond, 1, 1, judgement, judgement));
        }
        assertThat(search.limit()).isEqualTo(Limit.BOUND);
    }

    @Test
    void theRawAnswerIsThatOfTheSameStepsWithNothingDeducted() {
        PosteriorSearch search = new PosteriorSearch(LOWEST, HIGHEST, 50_000, LONGEST);
        for (OptionalDouble rate = search.next(1, 0); rate.isPresent(); rate = search.next(1, 0)) {
            double perSecond = rate.getAsDouble();
            Judgement judged = perSecond < 45_000 ? Judgement.SUSTAINED : Judgement.EXCEEDED;
            search.tried(new Tried(perSecond, 1, 1, Judgement.EXCEEDED, judged));
        }
        assertThat(search.answer().rawPerSecond().getAsDouble())
                .isLessThan(search.answer().perSecond().getAsDouble());
    }

    @Test
    void onAMachineThatStallsTheAnswerRepeats() {
        Study study = Study.of(SimulatedServer.Scenario.STALLS, 24);
        assertThat(study.pairsWithin(1.1)).as("pairs within 10 %").isGreaterThanOrEqualTo(11);
        assertThat(study.covered()).as("intervals that hold the truth").isGreaterThanOrEqualTo(21);
        assertThat(study.medianRatio()).as("median of answer to truth").isBetween(0.96, 1.04);
    }

    @Test
    @Tag("slow")
    void onMachinesOfEveryKindTheAnswerRepeats() {
        for (SimulatedServer.Scenario scenario : List.of(
                SimulatedServer.Scenario.QUIET, SimulatedServer.Scenario.STALLS, SimulatedServer.Scenario.STORM)) {
            Study study = Study.of(scenario, 400);
            assertThat(study.pairsWithin(1.1)).as("pairs of 200 within 10 %").isGreaterThanOrEqualTo(185);
            assertThat(study.covered())
                    .as("intervals of 400 that hold the truth")
                    .isGreaterThanOrEqualTo(365);
            assertThat(study.medianRatio()).as("median of answer to truth").isBetween(0.97, 1.03);
            assertThat(study.longestSeconds()).isLessThan(90);
        }
    }

    /** Many searches on machines of one kind. */
    private record Study(List<CapacityAnswer.Rate> answers, double longestSeconds) {
        static Study of(SimulatedServer.Scenario scenario, int runs) {
            List<CapacityAnswer.Rate> answers = new ArrayList<>();
            double longest = 0;
            for (int seed = 0; seed < runs; seed++) {
                SimulatedServer server = new SimulatedServer(scenario, seed);
                double before = server.reference();
                PosteriorSearch search = new PosteriorSearch(LOWEST, HIGHEST, server.saturation() / before, LONGEST);
                for (OptionalDouble rate = search.next(before, server.clockNanos());
                        rate.isPresent();
                        rate = search.next(before, server.clockNanos())) {
                    SimulatedServer.Seen seen = server.step(rate.getAsDouble());
                    double after = server.reference();
                    Judgement raw = seen.held() ? Judgement.SUSTAINED : Judgement.EXCEEDED;
                    Judgement judged = seen.held() || seen.heldQuiet() ? Judgement.SUSTAINED : Judgement.EXCEEDED;
                    search.tried(new Tried(rate.getAsDouble(), before, after, raw, judged));
                    before = after;
                }
                answers.add(search.answer().interval().orElseThrow());
                longest = Math.max(longest, server.clockNanos() / 1e9);
            }
            return new Study(answers, longest);
        }

        long pairsWithin(double factor) {
            long close = 0;
            for (int i = 0; i + 1 < answers.size(); i += 2) {
                double ratio = answers.get(i).perSecond() / answers.get(i + 1).perSecond();
                close += Math.max(ratio, 1 / ratio) <= factor ? 1 : 0;
            }
            return close;
        }

        long covered() {
            return answers.stream()
                    .filter(one -> one.lowPerSecond() <= SimulatedServer.TRUE_PER_SECOND
                            && SimulatedServer.TRUE_PER_SECOND <= one.highPerSecond())
                    .count();
        }

        double medianRatio() {
            double[] sorted = answers.stream()
                    .mapToDouble(one -> one.perSecond() / SimulatedServer.TRUE_PER_SECOND)
                    .sorted()
                    .toArray();
            return sorted[sorted.length / 2];
        }
    }
}
