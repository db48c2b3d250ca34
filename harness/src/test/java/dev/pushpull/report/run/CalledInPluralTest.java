package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A polling mode may have a proper name in the plural. */
class CalledInPluralTest {
    private static final ModeTraits STREAMS = new ModeTraits(
            Begins.CONSUMER, Set.of(Trait.HOLDS_CONNECTIONS), "Line Streams", true, "A stream for each.", 6);
    private static final ModeTraits WEBHOOKS =
            new ModeTraits(Begins.PROVIDER, Set.of(Trait.LISTENS, Trait.CLAIMED), "webhooks", true, "Sent.", 1);

    private static Runs runs() {
        return Runs.ordinary().declared(List.of(STREAMS, WEBHOOKS));
    }

    @Test
    void itsVerbIsInThePlural() {
        assertThat(sentences(runs().run()))
                .contains("Line Streams were ", "because they wait for no poll interval")
                .doesNotContain("Line Streams was");
    }

    @Test
    void aNameKeepsItsCapitalInARunThatProvesNothing() {
        assertThat(sentences(runs().invalid("some reason").run()))
                .contains("The run is invalid, so this proves nothing. Line Streams made")
                .doesNotContain("line Streams");
    }

    private static String sentences(RunRecord run) {
        return FourClaims.of(run).rows().stream()
                .map(row -> row.verdict().sentence())
                .collect(Collectors.joining("\n"));
    }
}
