package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.OlderModes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.testing.ExtraModes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ModeTraitsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void everyModeDeclaresHowASentenceCallsItAndHowItWorks() {
        assertThat(DeliveryModes.all()).allSatisfy(mode -> {
            assertThat(mode.traits().called()).isNotBlank();
            assertThat(mode.traits().sentence()).endsWith(".");
        });
        Set<String> extra = ExtraModes.all().stream().map(DeliveryMode::name).collect(Collectors.toSet());
        assertThat(DeliveryModes.all())
                .filteredOn(mode -> !extra.contains(mode.name()))
                .extracting(mode -> mode.traits().colour())
                .doesNotHaveDuplicates();
    }

    @Test
    void theTableOfOlderRunsSaysWhatTheModesDeclareToday() {
        assertThat(DeliveryModes.all())
                .filteredOn(mode -> OlderModes.names().contains(mode.name()))
                .hasSize(OlderModes.names().size())
                .allSatisfy(mode -> assertThat(
                                OlderModes.traits(outcome(mode.name(), 0, 0, Map.of(), 0, Map.of()), SECOND))
                        .isEqualTo(mode.traits()));
    }

    @Test
    void aModeThatNobodyKnowsIsTakenForWhatItsFiguresSay() {
        ModeTraits stream = OlderModes.traits(
                outcome("stream", 0, 0, Map.of("rate_limited_requests_per_s", 0.0), 1, Map.of()), SECOND);
        ModeTraits slow = OlderModes.traits(outcome("slow", 9, 0, Map.of(), 500, Map.of()), SECOND);
        ModeTraits held = OlderModes.traits(outcome("held", 9, 0, Map.of("held_requests", 3.0), 500, Map.of()), SECOND);
        ModeTraits both = OlderModes.traits(
                outcome("both", 9, 9, Map.of(), 1, Map.of("listening sockets at the consumer", 1L)), SECOND);

        assertThat(stream.begins()).isEqualTo(Begins.PROVIDER);
        assertThat(stream.called()).isEqualTo("stream");
        assertThat(slow.begins()).isEqualTo(Begins.CONSUMER);
        assertThat(slow.has()).containsExactly(Trait.CLOCKED);
        assertThat(held.has()).containsExactly(Trait.HOLDS_CONNECTIONS);
        assertThat(both.begins()).isEqualTo(Begins.BOTH);
        assertThat(both.has()).containsExactly(Trait.LISTENS);
    }

    private static Outcome outcome(
            String mode,
            long polls,
            long attempts,
            Map<String, Double> predicted,
            long millis,
            Map<String, Long> setup) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(Math.max(1, millis * 1_000_000), 10);
        Map<String, Prediction.Figure> figures = new java.util.HashMap<>();
        predicted.forEach((name, value) -> figures.put(name, new Prediction.Figure(value, "", "")));
        return new Outcome(
                1,
                mode,
                new Outcome.Counts(10, 10, 10, Map.of(), 0, 0, 0, polls + attempts, polls, 0, attempts, 0, 0, 1, 1, 1),
                new Distribution(histogram, 10 * millis * 1e6),
                Distribution.empty(),
                Distribution.empty(),
                Distribution.empty(),
                Map.of(),
                setup,
                Map.of(),
                new Prediction(figures, List.of()),
                new Ledger(List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
