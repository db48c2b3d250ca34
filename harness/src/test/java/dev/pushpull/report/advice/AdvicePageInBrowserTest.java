package dev.pushpull.report.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.advice.Advisor;
import dev.pushpull.advice.Question;
import dev.pushpull.advice.Terms;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.Meter;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The sliders of an answer's page against what Java says. */
class AdvicePageInBrowserTest extends Browser {
    private static final double NINE_DIGITS = 1e-9;
    private static final PriceList PRICES = new PriceList(
            "test",
            "USD",
            true,
            List.of(
                    new Meter(
                            Meter.Kind.REQUESTS,
                            1,
                            1e6,
                            10_000,
                            List.of(new Meter.Step(1e6, 0.5)),
                            Meter.Counts.RECEIVED,
                            1,
                            0,
                            Meter.When.ALWAYS,
                            "https://example.com",
                            "2026-01-01"),
                    new Meter(
                            Meter.Kind.GB_SECONDS,
                            2e-5,
                            1,
                            0,
                            List.of(),
                            Meter.Counts.ALL,
                            0.1,
                            0,
                            Meter.When.ALWAYS,
                            "https://example.com",
                            "2026-01-01")),
            List.of());

    @Test
    void theSlidersMovePointsToWhereJavaPutsThemToNineDigits() throws IOException {
        Question question = question(new PoissonArrivals(0.01), 30);
        open(AdviceResults.html(record(question)));
        SplittableRandom random = new SplittableRandom(20);
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            inputs.add(Map.of(
                    "rate",
                    Math.pow(10, -4 + 4 * random.nextDouble()),
                    "consumers",
                    1 + random.nextInt(5000),
                    "interval",
                    1,
                    "price",
                    1));
        }
        List<?> moved = (List<?>) script(
                "const data = pushpull.data.advice;"
                        + "return arguments[0].map(given => data.points.map(point => pushpullAdvice.moved(data, point, given)))",
                inputs);

        for (int i = 0; i < inputs.size(); i++) {
            Question other = question(new PoissonArrivals((double) inputs.get(i).get("rate")), (int)
                    inputs.get(i).get("consumers"));
            List<?> points = (List<?>) moved.get(i);
            AdviceRecord expected = record(other);
            for (AdviceRecord.Candidate candidate : expected.candidates()) {
                Map<?, ?> page = (Map<?, ?>) points.get(place(question, candidate.mode()));
                String what = candidate.mode() + " of " + inputs.get(i);
                close(page.get("latency"), candidate.figures().get("latency_p95_ms"), what);
                close(page.get("value"), candidate.figures().get("monthly_cost_consumer"), what);
            }
        }
    }

    @Test
    void isReadByEveryoneEverywhere() throws IOException {
        open(AdviceResults.html(record(question(new PoissonArrivals(0.01), 30, 0.1, DeliveryModes.all()))));

        assertQuiet();
        assertReadableEverywhere();
    }

    @Test
    void noDelayIsSaidInWordsAndTimesAreToTheSecond() throws IOException {
        open(AdviceResults.html(record(question(new PoissonArrivals(0.01), 30, 0, DeliveryModes.all()))));
        String text = text("main");

        assertThat(text)
                .contains(
                        "without delay (",
                        "No delay: none but what the network takes",
                        "Found 2026-11-26 00:00:00 UTC.")
                .doesNotContainPattern("(?<![\\d.])0 ms")
                .doesNotContainPattern("\\.\\d+Z");
    }

    /** A logarithmic scale has no place for it. */
    @Test
    void aLatencyOfNothingStandsAtALineThatSaysSo() throws IOException {
        open(AdviceResults.html(record(question(new PoissonArrivals(0.01), 30, 0))));

        assertThat((List<?>) script(
                        "return [...document.querySelectorAll('#pareto text.faint')].map(text => text.textContent)"))
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .contains("0");
    }

    /** Points that lie close together have their labels side by side. */
    @Test
    void noLabelOfTheChartLiesOnAnotherOrIsCutOffAtAnyWidth() throws IOException {
        open(AdviceResults.html(record(question(new PoissonArrivals(0.01), 30, 0.1, DeliveryModes.all()))));
        for (int width : new int[] {1200, 375}) {
            window(width, 900);
            List<?> problems = (List<?>) script("""
                    const chart = document.getElementById('pareto').getBoundingClientRect();
                    const texts = [...document.querySelectorAll('#pareto text')].map(element => {
                      const box = element.getBoundingClientRect();
                      return { text: element.textContent, box, size: parseFloat(getComputedStyle(element).fontSize) * element.getScreenCTM().a };
                    });
                    const problems = [];
                    texts.forEach((one, i) => {
                      if (one.box.left < chart.left || one.box.right > chart.right) problems.push(one.text + ' is cut off');
                      if (one.size < 11) problems.push(one.text + ' is ' + one.size + ' px high');
                      texts.slice(i + 1).forEach(other => {
                        const apart = one.box.right <= other.box.left || other.box.right <= one.box.left
                            || one.box.bottom <= other.box.top + 3 || other.box.bottom <= one.box.top + 3;
                        if (!apart) problems.push(one.text + ' lies on ' + other.text);
                      });
                    });
                    return problems.concat(texts.length > data().points.length ? [] : ['no labels']);
                    function data() { return pushpull.data.advice; }
                    """);
            assertThat(problems).as("at %d px", width).isEmpty();
        }
    }

    private static void close(Object page, double java, String what) {
        assertThat(((Number) page).doubleValue()).as(what).isCloseTo(java, within(NINE_DIGITS * Math.max(1e-3, java)));
    }

    private static int place(Question question, String mode) {
        return record(question).candidates().stream()
                .map(AdviceRecord.Candidate::mode)
                .toList()
                .indexOf(mode);
    }

    /** At one interval, so that no settings change with the inputs. */
    private static Question question(PoissonArrivals arrivals, int consumers) {
        return question(arrivals, consumers, 0.1);
    }

    private static Question question(PoissonArrivals arrivals, int consumers, double webhookSeconds) {
        return question(
                arrivals,
                consumers,
                webhookSeconds,
                DeliveryModes.all().stream()
                        .filter(mode -> Set.of("polling", "webhook").contains(mode.name()))
                        .toList());
    }

    private static Question question(
            PoissonArrivals arrivals, int consumers, double webhookSeconds, List<DeliveryMode> modes) {
        Scenario scenario = ScenarioDraft.of(arrivals, 20)
                .consumers(consumers)
                .legs(0.05, webhookSeconds)
                .scenario();
        return new Question(
                scenario,
                modes,
                Set.of("--interval"),
                List.of(),
                Terms.ANY,
                Optional.empty(),
                PRICES,
                new Pricing("USD", OptionalDouble.of(0.4), Map.of("webhook", 5.0)),
                Objective.MONTHLY_COST);
    }

    private static AdviceRecord record(Question question) {
        return new AdviceRecord(
                RunRecord.SCHEMA_VERSION,
                "advice",
                "advise",
                List.of("pushpull", "advise"),
                "2026-11-26T00:00:00.123456789Z",
                question.scenario(),
                List.of(),
                question.objective(),
                question.prices(),
                question.pricing(),
                new Advisor(question).candidates(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
