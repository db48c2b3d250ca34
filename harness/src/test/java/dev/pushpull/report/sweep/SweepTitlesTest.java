package dev.pushpull.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Sweeps;
import dev.pushpull.scenario.Metrics;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.SweepRecord;
import dev.pushpull.schedule.BurstyArrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reading test of a sweep's titles: each is true of the figures from which it was made, whatever they are. */
@Tag("study")
class SweepTitlesTest {
    private static final Pattern BECOMES = Pattern.compile(
            "(.+) becomes? cheaper than (.+) above ([\\d.,]+) events per interval(?: \\(95 % interval (.+)\\))?");

    /** Ten seeds of six scenarios. */
    static Stream<SweepRecord> sweeps() {
        UnaryOperator<Scenario> usual = UnaryOperator.identity();
        UnaryOperator<Scenario> failing = scenario -> scenario.withFaults(Scenario.Faults.NONE.withFailureRate(0.5));
        UnaryOperator<Scenario> bursty = scenario -> scenario.withEvents(scenario.events()
                .withArrivals(
                        BurstyArrivals.ofMeanRate(scenario.events().arrivals().ratePerSecond())));
        UnaryOperator<Scenario> few =
                scenario -> scenario.withEvents(scenario.events().withConsumers(2));
        return LongStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(seed -> Stream.of(
                        SimulatedSweeps.sweep(seed, 20, usual, "polling", "webhook"),
                        SimulatedSweeps.sweep(seed, 20, failing, "polling", "webhook"),
                        SimulatedSweeps.sweep(seed, 40, bursty, "adaptive-polling", "webhook"),
                        SimulatedSweeps.sweep(seed, 10, few, "polling", "webhook"),
                        SimulatedSweeps.sweep(seed, 20, usual, "long-polling", "webhook", "hybrid"),
                        SimulatedSweeps.sweep(seed, 20, usual, "conditional-polling", "hybrid")));
    }

    @ParameterizedTest
    @MethodSource("sweeps")
    void everyTitleIsTrueOfItsFigures(SweepRecord sweep) {
        heading(sweep);
        for (HeatMap map : HeatMap.of(sweep)) {
            switch (map.name()) {
                case "cheaper" -> cheaper(sweep, map.title());
                case "latency" -> range(sweep, map.title(), "latency_mean_ms");
                case "waste" -> range(sweep, map.title(), "wasted_ratio");
                default -> throw new AssertionError(map.name());
            }
        }
    }

    /** Against the plain ratio of requests per delivery, averaged over the cells at each load factor. */
    private static void heading(SweepRecord sweep) {
        String title = SweepTitles.heading(sweep);
        List<String> modes = sweep.cells().get(0).scenario().run().modes();
        if (!modes.contains("webhook")) {
            assertThat(title).isEqualTo("Delivery modes over intervals and rates");
            return;
        }
        Map<Double, List<Double>> byLoad = new TreeMap<>();
        for (RunRecord cell : sweep.cells()) {
            double asking = figure(cell, modes.get(0), "requests_per_delivery");
            double sending = figure(cell, "webhook", "requests_per_delivery");
            if (asking > 0 && sending > 0) {
                byLoad.computeIfAbsent(cell.scenario().loadFactor(), load -> new ArrayList<>())
                        .add(Math.log(asking / sending));
            }
        }
        Map<Double, Double> ratios = new TreeMap<>();
        byLoad.forEach((load, all) ->
                ratios.put(load, all.stream().mapToDouble(one -> one).average().orElseThrow()));
        Matcher becomes = BECOMES.matcher(title);
        if (becomes.matches()) {
            double crossover = number(becomes.group(3));
            ratios.forEach((load, ratio) -> {
                if (load > 1.01 * crossover) {
                    assertThat(ratio).as(title + " at " + load).isLessThanOrEqualTo(0);
                }
            });
            assertThat(ratios.values()).as("dearer somewhere below").anyMatch(ratio -> ratio > 0);
            interval(becomes.group(4), crossover);
        } else if (title.contains(" as many requests as ")) {
            assertThat(ratios.values()).as(title).allMatch(ratio -> Math.abs(ratio) < Math.log(1.03));
        } else if (title.contains(" no more requests than ")) {
            assertThat(ratios.values()).as(title).allMatch(ratio -> ratio <= Math.log(1.03));
        } else if (title.startsWith("Webhooks need fewer")) {
            assertThat(ratios.values()).as(title).allMatch(ratio -> ratio > 0);
        } else {
            assertThat(title).endsWith(" fewer requests than webhooks everywhere in this grid");
            assertThat(ratios.values()).as(title).allMatch(ratio -> ratio <= 0);
        }
    }

    private static void interval(String words, double crossover) {
        if (words == null || words.equals("wider than this grid")) {
            return;
        }
        if (words.startsWith("up to ")) {
            assertThat(crossover).isLessThanOrEqualTo(1.005 * number(words.substring("up to ".length())));
        } else if (words.endsWith(" on")) {
            assertThat(crossover).isGreaterThanOrEqualTo(0.995 * number(words.replaceAll("from | on", "")));
        } else {
            String[] ends = words.split(" to ");
            assertThat(crossover).isBetween(0.995 * number(ends[0]), 1.005 * number(ends[1]));
        }
    }

    /** Each cell counts once: for the one mode that needs the least, or as level. */
    private static void cheaper(SweepRecord sweep, String title) {
        Map<String, Integer> expected = new TreeMap<>();
        int level = 0;
        for (RunRecord cell : sweep.cells()) {
            double least = cell.outcomes().stream()
                    .mapToDouble(outcome -> figure(cell, outcome.mode(), "requests_per_delivery"))
                    .filter(value -> !Double.isNaN(value))
                    .min()
                    .orElse(Double.NaN);
            List<String> best = cell.outcomes().stream()
                    .map(Outcome::mode)
                    .filter(mode -> figure(cell, mode, "requests_per_delivery") <= 1.03 * least)
                    .toList();
            if (best.size() == 1) {
                expected.merge(best.get(0), 1, Integer::sum);
            } else if (best.size() > 1) {
                level++;
            }
        }
        expected.forEach((mode, cells) -> assertThat(title).contains(mode + " in " + cells));
        if (level > 0 && !expected.isEmpty()) {
            assertThat(title).endsWith(", level in " + level);
        }
    }

    private static void range(SweepRecord sweep, String title, String column) {
        List<Double> values = new ArrayList<>();
        String mode = sweep.cells().get(0).outcomes().get(0).mode();
        for (RunRecord cell : sweep.cells()) {
            double value = figure(cell, mode, column);
            if (!Double.isNaN(value)) {
                values.add(value);
            }
        }
        double least = values.stream().mapToDouble(value -> value).min().orElseThrow();
        double most = values.stream().mapToDouble(value -> value).max().orElseThrow();
        assertThat(title).contains(FigureText.value(column, least)).contains(FigureText.value(column, most));
        if (column.equals("wasted_ratio")) {
            assertThat(title)
                    .endsWith("more than half in "
                            + values.stream().filter(value -> value > 0.5).count() + " of " + values.size() + " cells");
        }
    }

    private static double figure(RunRecord cell, String mode, String column) {
        Outcome outcome = cell.outcome(mode).orElseThrow();
        Object value = Metrics.named(column).orElseThrow().read(cell, outcome);
        return value instanceof Double number ? number : Double.NaN;
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }

    @Test
    void theHeadingSaysHowSureItIs() {
        String title = SweepTitles.heading(Sweeps.grid(List.of(250L, 500L, 2_000L), List.of(0.5, 1.0, 2.0, 4.0)));

        assertThat(title)
                .matches("Polling becomes cheaper than webhooks above 1\\.0\\d events per interval"
                        + " \\(95 % interval 0\\.[89]\\d+ to 1\\.\\d+\\)");
    }

    @Test
    void theIntervalIsNarrowerWithMoreEvents() {
        double few = width(SimulatedSweeps.sweep(1, 20, UnaryOperator.identity(), "polling", "webhook"));
        double many = width(SimulatedSweeps.sweep(1, 2_000, UnaryOperator.identity(), "polling", "webhook"));

        assertThat(few / many).as("a root of 100").isBetween(5.0, 20.0);
    }

    private static double width(SweepRecord sweep) {
        LoadBand.Crossover found =
                SweepAnswer.pairs(sweep).get(0).fewerRequests().orElseThrow();
        assertThat(Decimals.significant(found.load())).isNotEmpty();
        return Math.log(found.high().orElseThrow() / found.low().orElseThrow());
    }
}
