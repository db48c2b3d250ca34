package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Simulation;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.testing.PageText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whichever modes run together, every sentence about a mode is true of this run. */
class EveryModeTest {
    private static final List<String> ALL =
            List.of("polling", "conditional-polling", "adaptive-polling", "long-polling", "webhook", "hybrid");
    private static final Set<String> PUSHING = Set.of("webhook", "hybrid");

    /** Every mode alone, every pair, every three and all six. */
    static Stream<List<String>> choices() {
        return Stream.concat(choicesWithoutThrees(), threes());
    }

    /** Every mode alone, every pair and all six. */
    static Stream<List<String>> choicesWithoutThrees() {
        return all().filter(modes -> modes.size() <= 2 || modes.size() == ALL.size());
    }

    static Stream<List<String>> threes() {
        return all().filter(modes -> modes.size() == 3);
    }

    private static Stream<List<String>> all() {
        List<List<String>> choices = new ArrayList<>();
        for (int bits = 1; bits < 1 << ALL.size(); bits++) {
            int chosen = bits;
            choices.add(ALL.stream()
                    .filter(mode -> (chosen & 1 << ALL.indexOf(mode)) != 0)
                    .toList());
        }
        return choices.stream();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void ofMeasuredModes(List<String> modes) {
        RunRecord run =
                Runs.ordinary().seconds(10).modes(modes.toArray(String[]::new)).run();

        texts(run).forEach((form, text) -> {
            isTrue(form, text, modes);
            assertThat(text).as(form).doesNotContain("was not measured");
        });
    }

    @ParameterizedTest
    @MethodSource("choices")
    void ofSimulatedModes(List<String> modes) throws InterruptedException {
        RunRecord run = simulated(modes);

        texts(run).forEach((form, text) -> {
            isTrue(form, text, modes);
            assertThat(words(text)).as(form).doesNotContain("measured");
        });
    }

    private static void isTrue(String form, String text, List<String> modes) {
        boolean polled = modes.stream().anyMatch(mode -> !PUSHING.contains(mode));
        assertThat(text)
                .as(form)
                .doesNotContainIgnoringCase("nothing arrived")
                .doesNotContainIgnoringCase("too few deliveries")
                .doesNotContainIgnoringCase("no webhook arrived")
                .doesNotContainPattern("(?i)no poll[^.;]*brought an event");
        assertThat(text.contains("Four common claims")
                        || form.equals("terminal") && text.contains("\"Server sends once.\""))
                .as(form + ": the claims are weighed")
                .isEqualTo(modes.contains("webhook") && polled);
        assertThat(text.contains("Only ") && text.contains(" run: "))
                .as(form + ": Only")
                .isEqualTo(modes.size() == 1);
        traits(modes).forEach((mode, traits) -> {
            assertThat(text).as(form + ": how the headline calls " + mode).containsIgnoringCase(traits.called());
            boolean column = modes.contains("webhook")
                    && (mode.equals("webhook")
                            || mode.equals(modes.stream()
                                    .filter(other -> !PUSHING.contains(other))
                                    .findFirst()
                                    .orElse("")));
            assertThat(text.contains(traits.sentence()))
                    .as(form + ": " + mode + " has a block of its own")
                    .isEqualTo(!(column && polled));
        });
        assertThat(named(text)).as(form + ": named modes").containsExactlyInAnyOrderElementsOf(exceptThePlain(modes));
        if (!modes.contains("webhook") && modes.contains("hybrid")) {
            assertThat(text)
                    .as(form)
                    .doesNotContain("Take webhooks")
                    .doesNotContain("ebhooks were sent")
                    .doesNotContain("Webhooks needed");
        }
        if (modes.equals(List.of("long-polling"))) {
            assertThat(text).as(form).doesNotContain("T/2 is");
        }
    }

    private static Map<String, ModeTraits> traits(List<String> modes) {
        Map<String, ModeTraits> traits = new LinkedHashMap<>();
        DeliveryModes.all().stream()
                .filter(mode -> modes.contains(mode.name()))
                .forEach(mode -> traits.put(mode.name(), mode.traits()));
        return traits;
    }

    /** The claims use the words for plain polling and webhooks everywhere. */
    private static List<String> exceptThePlain(List<String> modes) {
        return modes.stream()
                .filter(mode -> !mode.equals("polling") && !mode.equals("webhook"))
                .toList();
    }

    private static Set<String> named(String text) {
        Set<String> named = new TreeSet<>();
        exceptThePlain(ALL).forEach(mode -> {
            if (Pattern.compile("\\b" + mode + "\\b", Pattern.CASE_INSENSITIVE)
                    .matcher(text)
                    .find()) {
                named.add(mode);
            }
        });
        return named;
    }

    /** Without text that only repeats the command or explains what a bound is. */
    private static String words(String text) {
        return text.toLowerCase();
    }

    private static Map<String, String> texts(RunRecord run) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("terminal", oneLine(TerminalReport.render(run, Optional.of(Path.of("out")), false, true)));
        texts.put("Markdown", oneLine(MarkdownTable.render(run).replace("\\", "")));
        texts.put("HTML", PageText.of(HtmlReport.render(run, List.of())));
        return texts;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static RunRecord simulated(List<String> names) throws InterruptedException {
        Scenario scenario =
                Runs.ordinary().seconds(200).modes(names.toArray(String[]::new)).scenario();
        List<DeliveryMode> modes = names.stream()
                .map(name -> DeliveryModes.all().stream()
                        .filter(mode -> mode.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return new RunRecord(
                RunRecord.SCHEMA_VERSION,
                "a-simulation",
                "simulate",
                List.of("pushpull", "simulate"),
                "2026-11-23T13:52:22Z",
                scenario.run().durationNanos(),
                scenario,
                new Simulation().run(scenario, modes, 1, new Interruption(), RunListener.NONE),
                RunRecord.Noise.none(),
                Map.of(),
                false,
                List.of());
    }
}
