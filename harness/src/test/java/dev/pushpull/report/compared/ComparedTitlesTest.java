package dev.pushpull.report.compared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pushpull.report.compared.ComparedFigure.Judgement;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.TwoClocks;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TimelineSecond;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("study")
class ComparedTitlesTest {
    @TempDir
    private Path directory;

    @Test
    void aSecondThatWasOnlyBegunIsNoCollapse() {
        RunRecord run = Runs.ordinary().seconds(10).run();
        TimelineSecond begun = new TimelineSecond(10, 0, 6, 0, 0, 0, 0);
        RunRecord ended = run.withOutcomes(run.outcomes().stream()
                .map(outcome -> Compared.changed(
                        outcome,
                        outcome.latency(),
                        outcome.intervals(),
                        Stream.concat(outcome.timeline().stream(), Stream.of(begun))
                                .toList()))
                .toList());

        assertThat(ComparedCurve.requests(new RunComparison.Pair("", ended, ended)))
                .hasSize(4)
                .allSatisfy(curve -> {
                    assertThat(curve.x()).hasSize(10).startsWith(0.5).endsWith(9.5);
                    assertThat(curve.y()).allMatch(requests -> requests > 0);
                });
    }

    @Test
    void whatTheClocksOfTwoHostsDoNotTellIsNotDrawnAndSaidOnce() throws IOException {
        RunRecord across = TwoClocks.took(Runs.ordinary().run(), 10);
        ComparedResults.write(Compared.of(directory, across, across), directory);
        assertThat(Files.readString(directory.resolve("compared.html")))
                .containsOnlyOnce("polling from 100 ms on, ±10.0 ms");
        assertThat(ComparedCurve.latencies(new RunComparison.Pair("", across, across)))
                .hasSize(2)
                .allSatisfy(curve -> assertThat(curve.y()).allMatch(millis -> millis >= 100));
    }

    /** The reading test: ten seeds of six pairs of scenarios. */
    @ParameterizedTest
    @MethodSource("pairs")
    void theTitlesAreTrueOfBothRuns(RunRecord first, RunRecord second) throws IOException {
        RunComparison comparison = Compared.of(directory, first, second);
        String title = ComparedTitles.page(comparison);
        long worse = count(comparison, Judgement.WORSE);
        long better = count(comparison, Judgement.BETTER);
        long configured = count(comparison, Judgement.AS_CONFIGURED);
        assertThat(title.contains("worse in ")).isEqualTo(worse > 0);
        assertThat(title.contains("better in ")).isEqualTo(better > 0);
        assertThat(title.contains("as configured")).isEqualTo(configured > 0);
        assertThat(title.startsWith("No difference")).isEqualTo(worse + better + configured == 0);

        RunComparison.Pair pair = comparison.pairs().get(0);
        String latency = ComparedTitles.latency(pair);
        Matcher said = Pattern.compile("(?:: |; |for )([a-z-]+) (\\S+ \\S+) in A, (\\S+ [^;]+) in B")
                .matcher(latency);
        assertThat(said.find()).as(latency).isTrue();
        String column = "latency_" + latency.replaceAll("Delay at (\\S+): .*", "$1") + "_ms";
        do {
            assertThat(text(pair.first(), said.group(1), column)).isEqualTo(said.group(2));
            assertThat(text(pair.second(), said.group(1), column)).isEqualTo(said.group(3));
        } while (said.find());
        assertThat(ComparedTitles.requests(pair))
                .startsWith("Requests a second: ")
                .contains(" in A, ", " in B");
    }

    static Stream<Arguments> pairs() {
        return LongStream.rangeClosed(1, 10).boxed().flatMap(seed -> {
            long interval = 100 + 90 * seed;
            int seconds = (int) (3 + seed);
            RunRecord first =
                    Runs.ordinary().intervalMillis(500).seconds(seconds).run();
            return Stream.of(
                    arguments(
                            first,
                            Runs.ordinary()
                                    .intervalMillis(interval)
                                    .seconds(seconds)
                                    .run()),
                    arguments(first, Runs.ordinary().rate(seed).seconds(seconds).run()),
                    arguments(
                            first,
                            Runs.ordinary()
                                    .webhooksMissed(20 * seed)
                                    .seconds(seconds)
                                    .run()),
                    arguments(
                            first,
                            Runs.ordinary()
                                    .attemptsPerDelivery(2)
                                    .seconds(seconds)
                                    .run()),
                    arguments(first, first),
                    arguments(
                            Runs.ordinary()
                                    .modes("polling", "webhook", "hybrid")
                                    .seconds(seconds)
                                    .run(),
                            Runs.ordinary()
                                    .modes("polling", "webhook", "hybrid")
                                    .intervalMillis(interval)
                                    .seconds(seconds)
                                    .run()));
        });
    }

    private static long count(RunComparison comparison, Judgement judgement) {
        return comparison.figures().stream()
                .filter(figure -> figure.judgement() == judgement)
                .count();
    }

    private static String text(RunRecord run, String mode, String column) {
        return FigureText.value(Figure.of(run, run.outcome(mode).orElseThrow(), column, ""));
    }
}
