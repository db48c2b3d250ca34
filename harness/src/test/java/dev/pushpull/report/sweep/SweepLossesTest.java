package dev.pushpull.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.Sweeps;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import dev.pushpull.testing.PageText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wherever a sweep compares modes, their losses are mentioned in the same place. */
class SweepLossesTest {
    private static final Path FOLDER = Path.of("results", "x");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("dev.pushpull.report.run.EveryModeTest#choicesWithoutThrees")
    void everySentenceOfASweepCountsWhatWasLostInAnyCell(List<String> modes) throws Exception {
        SweepRecord sweep = sweep(modes, 0, 90, 0);

        List<String> sentences = SweepAnswer.sentences(sweep);
        assertThat(sentences).isNotEmpty().allMatch(sentence -> sentence.contains("Lost: "));
        modes.forEach(mode -> assertThat(String.join(" ", sentences))
                .contains(mode + " 90 of 600 deliveries (15.0 %) over all cells, in 1 of 3, up to 45.0 % in one"));
        texts(sweep).forEach((form, text) -> {
            assertThat(count(text, "Lost: ")).as(form).isEqualTo(sentences.size());
            assertThat(text).as(form).contains("90 (45.0 %)").contains("(45.0 % lost)");
        });
    }

    @ParameterizedTest
    @MethodSource("dev.pushpull.report.run.EveryModeTest#choicesWithoutThrees")
    void aSweepWithoutLossesSaysNothingOfThem(List<String> modes) throws Exception {
        texts(sweep(modes, 0, 0, 0))
                .forEach((form, text) -> assertThat(text).as(form).doesNotContainIgnoringCase("lost"));
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("dev.pushpull.report.run.EveryModeTest#threes")
    void threeModesAtATimeAreTreatedAlike(List<String> modes) throws Exception {
        everySentenceOfASweepCountsWhatWasLostInAnyCell(modes);
        aSweepWithoutLossesSaysNothingOfThem(modes);
    }

    private static SweepRecord sweep(List<String> modes, long... lost) {
        List<RunRecord> cells = new ArrayList<>();
        for (int i = 0; i < lost.length; i++) {
            cells.add(Runs.ordinary()
                    .intervalMillis(500L << i)
                    .seconds(10)
                    .modes(modes.toArray(String[]::new))
                    .lost(lost[i])
                    .run());
        }
        return Sweeps.of(cells);
    }

    private Map<String, String> texts(SweepRecord sweep) throws Exception {
        Path folder = Files.createTempDirectory(directory, "sweep");
        SweepResults.write(sweep, folder);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("terminal", oneLine(SweepTerminal.render(sweep, Optional.of(FOLDER), false, true)));
        texts.put(
                "Markdown", oneLine(Files.readString(folder.resolve("table.md")).replace("\\", "")));
        texts.put("HTML", PageText.of(Files.readString(folder.resolve("report.html"))));
        return texts;
    }

    private static long count(String text, String pattern) {
        return Pattern.compile(pattern).matcher(text).results().count();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
