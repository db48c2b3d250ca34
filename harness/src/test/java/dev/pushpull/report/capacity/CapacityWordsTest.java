package dev.pushpull.report.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.report.shared.Capacities;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reading test of the titles of a search for capacity: each is true of the findings it was made from. */
class CapacityWordsTest {
    private static final Comparator<CapacityFinding> BY_RATE =
            Comparator.comparingDouble(finding -> finding.perSecond().getAsDouble());

    static Stream<CapacityRecord> searches() {
        return LongStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(
                        seed -> Stream.of("p99<20ms", "p50<2s", "p99.9<500us").map(slo -> Capacities.drawn(seed, slo)));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void everyTitleIsTrueOfItsFindings(CapacityRecord run) {
        List<CapacityFinding> answered = run.findings().stream()
                .filter(finding -> finding.perSecond().isPresent())
                .toList();
        assertThat(answered).hasSizeGreaterThan(1);
        CapacityFinding most = answered.stream().max(BY_RATE).orElseThrow();
        CapacityFinding least = answered.stream().min(BY_RATE).orElseThrow();

        Matcher heading = Pattern.compile("While (p[\\d.]+) stays under (.+), this machine carries"
                        + " from (at least )?([\\d,]+)/s \\((.+)\\) to (at least )?([\\d,]+)/s \\((.+)\\)")
                .matcher(CapacityWords.heading(run));
        assertThat(heading.matches()).isTrue();
        assertThat(heading.group(1)).isEqualTo(run.slo().named());
        assertThat(heading.group(5)).isEqualTo(least.path());
        assertThat(heading.group(8)).isEqualTo(most.path());
        assertRounded(heading.group(4), least.perSecond().getAsDouble());
        assertRounded(heading.group(7), most.perSecond().getAsDouble());
        assertThat(heading.group(3) != null).isEqualTo(least.limit() != Limit.BOUND);

        Matcher times = Pattern.compile("(.+) carries (at least )?([\\d,.]+) times as much as (.+)")
                .matcher(CapacityWords.overview(run));
        if (times.matches()) {
            assertThat(least.limit()).as("a rate at least has no multiple").isEqualTo(Limit.BOUND);
            assertRounded(
                    times.group(3),
                    most.perSecond().getAsDouble() / least.perSecond().getAsDouble());
        } else {
            assertThat(CapacityWords.overview(run))
                    .isEqualTo(most.path() + " carries the most that was found, " + least.path() + " the least");
        }
        run.findings().forEach(CapacityWordsTest::latency);
    }

    /** The two rates in the title are steps of the search, one sustained and one not, with their p99. */
    private static void latency(CapacityFinding finding) {
        String title = CapacityWords.latency(finding)
                .replaceFirst("at ([\\d,]+/s), (.+) just above it", "at $1, $2 at $1"); // the same in two digits
        assertThat(title).doesNotContain("above");
        Matcher at = Pattern.compile("([\\d.,]+) (µs|ms) at ([\\d,]+)/s").matcher(title);
        int found = 0;
        while (at.find()) {
            double millis = number(at.group(1)) * (at.group(2).equals("ms") ? 1 : 1e-3);
            String rate = at.group(3);
            assertThat(finding.steps())
                    .anyMatch(step -> Math.abs(step.latencyP99Millis().getAsDouble() / millis - 1) < 0.01
                            && CapacityWords.rate(step.offeredPerSecond()).equals(rate + "/s"));
            found++;
        }
        boolean both = finding.steps().stream().anyMatch(CapacityStep::sustained)
                && finding.steps().stream().anyMatch(step -> !step.sustained() && !step.driverLate());
        assertThat(found).isEqualTo(both ? 2 : finding.steps().stream().allMatch(CapacityStep::driverLate) ? 0 : 1);
    }

    private static void assertRounded(String text, double value) {
        assertThat(number(text)).as("two digits of " + value).isCloseTo(value, within(0.051 * value));
        assertThat(text.replaceAll("[,.]", "").replaceAll("^0+|0+$", ""))
                .as("digits")
                .hasSizeLessThanOrEqualTo(2);
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }

    @Test
    void aLimitIsNeitherGoodNorBadNews() {
        CapacityRecord run = Capacities.drawn(3, "p99<20ms");
        CapacityView view = CapacityView.of(run);

        for (int i = 0; i < run.findings().size(); i++) {
            Limit limit = run.findings().get(i).limit();
            CapacityView.Row row = view.rows().get(i);
            assertThat(row.style()).isEqualTo(limit == Limit.UNMET ? "fails" : "limit");
            switch (limit) {
                case BOUND -> assertThat(row.remark()).startsWith("limited by p99");
                case DRIVER -> assertThat(row.remark()).startsWith("limited by the load generator");
                case UNMET -> assertThat(row.remark()).startsWith("p99 exceeds 20 ms even at the lowest step, ");
                default -> assertThat(row.remark()).doesNotContain("limited");
            }
        }
    }

    @Test
    void theOverviewHasEveryAnswerOnOneScaleTheMostAtTheTop() {
        CapacityRecord run = Capacities.drawn(5, "p99<20ms");
        DotChart overview = CapacityOverview.of(run);

        List<CapacityFinding> answered = run.findings().stream()
                .filter(finding -> finding.perSecond().isPresent())
                .sorted(BY_RATE.reversed())
                .toList();
        assertThat(overview.rows())
                .extracting(DotChart.Row::label)
                .containsExactlyElementsOf(
                        answered.stream().map(CapacityFinding::path).toList());
        assertThat(overview.rows())
                .allSatisfy(row -> assertThat(row.figures()).matches("(at least )?[\\d,]+/s \\([\\d,]+ to [\\d,]+\\)"));
        assertThat(overview.alternative())
                .contains(answered.get(0).path() + ": " + CapacityWords.rate(answered.get(0)));
    }

    @Test
    void withoutAnyAnswerThereIsNoOverview() {
        CapacityRecord run = Capacities.record("p99<20ms", List.of());

        assertThat(CapacityOverview.of(run)).isNull();
        assertThat(CapacityWords.heading(run)).isEqualTo("No path sustained any step while p99 stays under 20 ms");
        assertThat(CapacityTerminal.render(run, Optional.of(Path.of("x")), false, true))
                .contains("No path sustained any step while p99 stays under 20 ms.");
    }
}
