package dev.pushpull.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.report.shared.Sweeps;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SweepAnswerTest {
    private static final ModeTraits STREAMS =
            new ModeTraits(Begins.CONSUMER, Set.of(Trait.HOLDS_CONNECTIONS), "streams", true, "", 0);
    private static final ModeTraits MAIL = new ModeTraits(Begins.PROVIDER, Set.of(), "mail", false, "", 1);

    @Test
    void callsModesByWhatTheirTraitsSay() {
        SweepRecord sweep = sweep(List.of(STREAMS, MAIL));

        assertThat(SweepAnswer.sentences(sweep))
                .isNotEmpty()
                .noneMatch(sentence -> sentence.toLowerCase().matches(".*\\b(webhooks?|polling)\\b.*"))
                .anyMatch(sentence -> sentence.startsWith("Streams need fewer requests than mail "))
                .anyMatch(sentence -> sentence.startsWith("Effort (streams ask more often than mail is sent): "))
                .anyMatch(sentence -> sentence.startsWith("Real-time (mail arrives sooner than streams, on average"));
        assertThat(SweepView.of(sweep).heading()).startsWith("Streams become cheaper than mail above ");
        assertThat(SweepView.of(sweep).mapsHeading()).isEqualTo("Where streams become cheaper");
        assertThat(SweepView.of(sweep).crossing()).isEqualTo("streams need fewer requests than mail");
    }

    @Test
    void modesOfOneSideOnlyHaveNoCrossover() {
        SweepView view = SweepView.of(Sweeps.of(
                List.of(Runs.ordinary().seconds(10).modes("webhook", "hybrid").run())));

        assertThat(view.answer())
                .singleElement()
                .asString()
                .startsWith("No crossover: ")
                .contains("none that only asks");
        assertThat(view.heading()).isEqualTo("Delivery modes over intervals and rates");
    }

    private static SweepRecord sweep(List<ModeTraits> traits) {
        List<RunRecord> cells = new ArrayList<>();
        for (long interval : List.of(250L, 1_000L, 4_000L)) {
            cells.add(Runs.ordinary()
                    .intervalMillis(interval)
                    .seconds(10)
                    .declared(traits)
                    .run());
        }
        return Sweeps.of(cells);
    }
}
