package dev.pushpull.report.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.advice.Advisor;
import dev.pushpull.advice.Question;
import dev.pushpull.advice.Terms;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.Measure;
import dev.pushpull.scenario.Meter;
import dev.pushpull.scenario.Need;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reading test: the answer and the chart's title are true of the candidates, whatever the seed. */
@Tag("study")
class AdviceTitlesTest {
    private static final int SEEDS = 10;
    private static final Set<String> MODES =
            Set.of("polling", "conditional-polling", "webhook", "long-polling", "hybrid");

    /** Half of the last of three digits. */
    private static final Percentage SHOWN = Percentage.withPercentage(0.51);

    private static final double HALF_A_CENT = 0.0051;
    private static final Map<String, Double> MILLIS =
            Map.of("µs", 1e-3, "ms", 1.0, "s", 1e3, "min", 6e4, "h", 3.6e6, "d", 8.64e7);
    private static final String NUMBER = "(\\d[\\d,.]*)";
    private static final String LENGTH = NUMBER + " (µs|ms|s|min|h|d)";
    private static final Map<Objective, String> GOALS = Map.of(
            Objective.MONTHLY_COST, NUMBER + " (USD) a month",
            Objective.REQUESTS, NUMBER + " (requests and frames) a second",
            Objective.LATENCY_MEAN, "mean latency " + LENGTH);

    /** Six questions with different answers. */
    enum Asked {
        CHEAPEST(Objective.MONTHLY_COST, true, Terms.ANY),
        CHEAPEST_AND_NOT_LATE(
                Objective.MONTHLY_COST, true, Terms.ANY, new Need(Measure.LATENCY_P95, 60_000, "latency_p95<1m")),
        FEWEST_REQUESTS(Objective.REQUESTS, false, Terms.ANY),
        SOONEST(Objective.LATENCY_MEAN, false, Terms.ANY),
        SOONEST_WITHOUT_AN_ENDPOINT(
                Objective.LATENCY_MEAN, false, new Terms(false, false, 0.01, "36/h", false, 1_000_000_000L)),
        IMPOSSIBLE(
                Objective.REQUESTS,
                false,
                new Terms(false, false, 0, "", false, 0),
                new Need(Measure.LATENCY_P95, 0.01, "latency_p95<10us"));

        private final Objective objective;
        private final boolean priced;
        private final Terms terms;
        private final List<Need> needs;

        Asked(Objective objective, boolean priced, Terms terms, Need... needs) {
            this.objective = objective;
            this.priced = priced;
            this.terms = terms;
            this.needs = List.of(needs);
        }

        AdviceRecord answered(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            Scenario scenario = ScenarioDraft.of(new PoissonArrivals(logarithmic(random, 1e-4, 1)), 1)
                    .consumers((int) logarithmic(random, 1, 1_000))
                    .legs(logarithmic(random, 1e-3, 0.3), logarithmic(random, 1e-3, 0.3))
                    .scenario();
            PriceList prices = !priced
                    ? PriceList.NONE
                    : new PriceList("test", "USD", true, List.of(aMillionRequests(random)), List.of());
            Pricing sums = !priced
                    ? Pricing.NONE
                    : new Pricing("USD", OptionalDouble.empty(), Map.of("webhook", 40 * random.nextDouble()));
            Question question = new Question(
                    scenario,
                    DeliveryModes.all().stream()
                            .filter(mode -> MODES.contains(mode.name()))
                            .toList(),
                    Set.of(),
                    needs,
                    terms,
                    Optional.empty(),
                    prices,
                    sums,
                    objective);
            // neither sentence nor chart tells where the answer changes: most of an answer's work
            List<Candidate> candidates = new Advisor(question).candidates();
            List<String> relaxations = candidates.get(0).feasible()
                    ? List.of()
                    : new Advisor(question).advice().relaxations();
            return new AdviceRecord(
                    RunRecord.SCHEMA_VERSION,
                    "advice",
                    "advise",
                    List.of("pushpull", "advise"),
                    "2026-11-26T00:00:00Z",
                    scenario,
                    question.constraints(),
                    objective,
                    prices,
                    sums,
                    candidates,
                    List.of(),
                    List.of(),
                    List.of(),
                    relaxations,
                    List.of());
        }

        private static Meter aMillionRequests(SplittableRandom random) {
            return new Meter(
                    Meter.Kind.REQUESTS,
                    logarithmic(random, 0.1, 10),
                    1e6,
                    0,
                    List.of(),
                    Meter.Counts.ALL,
                    1,
                    0,
                    Meter.When.ALWAYS,
                    "https://example.com",
                    "2026-01-01");
        }

        private static double logarithmic(SplittableRandom random, double least, double most) {
            return least * Math.pow(most / least, random.nextDouble());
        }
    }

    @ParameterizedTest
    @EnumSource
    void areTrueOfTheCandidates(Asked asked) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            AdviceRecord record = asked.answered(seed);
            AdviceWords words = new AdviceWords(record);
            List<Candidate> feasible =
                    record.candidates().stream().filter(Candidate::feasible).toList();

            assertThat(feasible.isEmpty()).as("seed %d", seed).isEqualTo(asked == Asked.IMPOSSIBLE);
            if (feasible.isEmpty()) {
                assertThat(words.answer())
                        .isEqualTo("Nothing is feasible; least to give: "
                                + record.relaxations().get(0) + ".");
                assertThat(words.runnerUp()).isEmpty();
            } else {
                Candidate best = assertNamed(asked, "Take (\\S.*?)", "", words.answer(), feasible);
                List<Candidate> others =
                        feasible.stream().filter(other -> other != best).toList();
                assertThat(words.runnerUp().isPresent()).isEqualTo(!others.isEmpty());
                words.runnerUp().ifPresent(sentence -> {
                    Candidate second = assertNamed(asked, "The second best is (\\S.*?)", ", (.*)", sentence, others);
                    assertMargin(asked, sentence, best, second);
                });
            }
            assertChart(record);
        }
    }

    /** The candidate that a sentence names has the least figure of these, and the sentence tells it. */
    private static Candidate assertNamed(
            Asked asked, String start, String end, String sentence, List<Candidate> candidates) {
        Matcher read = Pattern.compile(start + "(?: with (--.*?))?: " + GOALS.get(asked.objective) + ", p95 " + LENGTH
                        + " \\((predicted|simulated)\\)" + end + "\\.")
                .matcher(sentence);
        assertThat(read.matches()).as(sentence).isTrue();
        Candidate named = candidates.stream()
                .filter(candidate -> candidate.traits().called().equals(read.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no candidate: " + sentence));
        assertThat(read.group(2) == null ? "" : read.group(2)).as(sentence).isEqualTo(named.typed());
        assertThat(read.group(7)).as(sentence).isEqualTo(named.answer());
        double goal = goal(asked, named);
        double said = number(read.group(3)) * MILLIS.getOrDefault(read.group(4), 1.0);
        if (asked.objective == Objective.MONTHLY_COST) {
            assertThat(said).as(sentence).isCloseTo(goal, within(HALF_A_CENT));
        } else {
            assertThat(said).as(sentence).isCloseTo(goal, SHOWN);
        }
        assertThat(number(read.group(5)) * MILLIS.get(read.group(6)))
                .as(sentence)
                .isCloseTo(named.figures().get("latency_p95_ms"), SHOWN);
        assertThat(candidates)
                .as(sentence)
                .allSatisfy(candidate -> assertThat(goal).isLessThanOrEqualTo(goal(asked, candidate) * (1 + 1e-9)));
        return named;
    }

    private static void assertMargin(Asked asked, String sentence, Candidate best, Candidate second) {
        double ratio = goal(asked, second) / goal(asked, best);
        Matcher times =
                Pattern.compile(".*, " + NUMBER + " times as much in .*").matcher(sentence);
        if (times.matches()) {
            assertThat(number(times.group(1))).as(sentence).isCloseTo(ratio, SHOWN);
        } else {
            assertThat(sentence).contains(", no worse in ");
            assertThat(ratio).as(sentence).isCloseTo(1, within(1e-9));
        }
    }

    /** Every point lies where its candidate's figures put it, on the axes that the title names. */
    private static void assertChart(AdviceRecord record) {
        AdvicePoints points = AdvicePoints.of(record);
        Matcher read = Pattern.compile("Latency p95 against (cost a month|requests and frames a second)")
                .matcher(points.title());
        assertThat(read.matches()).as(points.title()).isTrue();
        String column = read.group(1).startsWith("cost") ? "monthly_cost_consumer" : "exchanges_per_second";
        assertThat(read.group(1)).endsWith(points.axis());
        assertThat(points.points()).hasSameSizeAs(record.candidates());
        for (int i = 0; i < points.points().size(); i++) {
            AdvicePoints.Point point = points.points().get(i);
            Map<String, Double> figures = record.candidates().get(i).figures();
            assertThat(point.latency()).isEqualTo(figures.get("latency_p95_ms"));
            assertThat(point.value()).isEqualTo(figures.get(column));
        }
    }

    private static double goal(Asked asked, Candidate candidate) {
        return candidate.figures().getOrDefault(asked.objective.column(), Double.POSITIVE_INFINITY);
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }
}
