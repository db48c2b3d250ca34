package dev.pushpull.report.compared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.compared.ComparedFigure.Judgement;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A difference that the settings ask for is no news; any other is. */
class AskedForTest {
    @TempDir
    private Path directory;

    @Test
    void whatHalfTheIntervalAsksForIsAsConfiguredAndNeitherBetterNorWorse() throws IOException {
        RunComparison comparison = Compared.of(
                directory,
                Runs.ordinary().run(),
                Runs.ordinary().intervalMillis(250).run());

        assertThat(Compared.judgement(comparison, "polling", "latency_mean_ms")).isEqualTo(Judgement.AS_CONFIGURED);
        assertThat(Compared.judgement(comparison, "polling", "latency_p99_ms")).isEqualTo(Judgement.AS_CONFIGURED);
        assertThat(Compared.judgement(comparison, "polling", "requests_per_delivery"))
                .isEqualTo(Judgement.AS_CONFIGURED);
        assertThat(Compared.judgement(comparison, "polling", "wasted_ratio")).isEqualTo(Judgement.AS_CONFIGURED);
        assertThat(Compared.judgement(comparison, "webhook", "latency_mean_ms")).isEqualTo(Judgement.NO_DIFFERENCE);
        assertThat(Compared.judgement(comparison, "polling", "provider_cpu_ms")).isEqualTo(Judgement.NO_INTERVAL);
        assertThat(comparison.regressions()).isEmpty();
        assertThat(comparison.differences())
                .containsExactly(new ScenarioDifferences.Difference("polling.interval_nanos", "500ms", "250ms"));
        assertThat(ComparedTitles.page(comparison)).startsWith("B differs from A only as configured, in ");
        assertThat(ComparedTerminal.render(comparison, Path.of("folder"), false, true)
                        .replaceAll("\\s+", " "))
                .contains("Settings that differ", "as configured", "simultaneous 95 % intervals")
                .doesNotContain("worse");
    }

    @Test
    void whatASettingDoesNotAskForIsStillWorse() throws IOException {
        RunRecord slow = Runs.ordinary().intervalMillis(1_000).run();
        RunRecord more = Runs.ordinary()
                .intervalMillis(250)
                .but(run -> run.withOutcomes(run.outcomes().stream()
                        .map(outcome -> Compared.changed(
                                outcome,
                                slow.outcome(outcome.mode()).orElseThrow().latency(),
                                slow.outcome(outcome.mode()).orElseThrow().intervals(),
                                outcome.timeline()))
                        .toList()))
                .run();
        RunComparison comparison = Compared.of(directory, Runs.ordinary().run(), more);

        assertThat(Compared.judgement(comparison, "polling", "latency_mean_ms"))
                .as("later, though asked more often")
                .isEqualTo(Judgement.WORSE);
        assertThat(comparison.regressions()).contains("polling.latency_mean_ms");
    }

    @Test
    void aSettingThatDoesNotReachAModeExcusesNothingOfIt() throws IOException {
        UnaryOperator<Outcome> late = outcome -> outcome.mode().equals("webhook") ? slower(outcome) : outcome;
        RunRecord second = Runs.ordinary()
                .intervalMillis(250)
                .but(run -> run.withOutcomes(run.outcomes().stream().map(late).toList()))
                .run();
        RunComparison comparison = Compared.of(directory, Runs.ordinary().run(), second);

        assertThat(Compared.judgement(comparison, "webhook", "latency_mean_ms")).isEqualTo(Judgement.WORSE);
        assertThat(Compared.judgement(comparison, "polling", "latency_mean_ms")).isEqualTo(Judgement.AS_CONFIGURED);
    }

    /** The same as if it had been as late as polls are. */
    private static Outcome slower(Outcome outcome) {
        Outcome polled = Runs.ordinary().modes("polling").run().outcomes().get(0);
        return Compared.changed(outcome, polled.latency(), polled.intervals(), outcome.timeline());
    }

    @Test
    void losingMoreIsWorseWhateverTheIntervalWas() throws IOException {
        RunComparison comparison = Compared.of(
                directory,
                Runs.ordinary().run(),
                Runs.ordinary().intervalMillis(250).lost(90).run());

        assertThat(Compared.judgement(comparison, "polling", "lost")).isEqualTo(Judgement.WORSE);
    }

    /** A mode that nobody has heard of, without closed forms: its traits alone say what reaches it. */
    @Test
    void withoutAClosedFormAModesTraitsSayWhetherASettingReachesIt() throws IOException {
        assertThat(judged(new ModeTraits(Begins.CONSUMER, Set.of(Trait.CLOCKED), "mail", false, "", 2)))
                .isEqualTo(Judgement.AS_CONFIGURED);
        assertThat(judged(new ModeTraits(Begins.CONSUMER, Set.of(), "streams", true, "", 2)))
                .isEqualTo(Judgement.WORSE);
    }

    private Judgement judged(ModeTraits traits) throws IOException {
        Prediction none = new Prediction(Map.of(), List.of());
        UnaryOperator<RunRecord> unknown = run -> run.withOutcomes(run.outcomes().stream()
                .map(outcome -> outcome.of(1, none).declared(traits))
                .toList());
        return Compared.judgement(
                Compared.of(
                        directory,
                        Runs.ordinary().modes("polling").but(unknown).run(),
                        Runs.ordinary()
                                .modes("polling")
                                .intervalMillis(1_000)
                                .but(unknown)
                                .run()),
                "polling",
                "latency_mean_ms");
    }
}
