package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.experiment.run.Settling.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final double QUIET = 0.01;

    @Test
    void whatNeitherCompilesNorBecomesFasterIsAtRest() {
        assertThat(Settling.unsettled(blocks(QUIET, 300, 310, 305, 302, 299, 304)))
                .isEmpty();
    }

    @Test
    void aCompilerAtWorkIsNoRest() {
        assertThat(Settling.unsettled(blocks(0.98, 300, 300, 300, 300, 300, 300)))
                .contains("the compiler still worked for 98 % of the time");
    }

    @Test
    void aLatencyThatStillFallsIsNoRest() {
        assertThat(Settling.unsettled(blocks(QUIET, 621, 543, 433, 328, 311, 310)))
                .contains("the time that a webhook message takes still fell by 43 % over 3 blocks");
    }

    @Test
    void oneBlockOutOfThreeMayBeAnything() {
        List<Block> blocks = new ArrayList<>(blocks(QUIET, 300, 300, 9_000, 300, 20, 300));
        blocks.set(4, new Block(0.9, blocks.get(4).legNanos()));
        assertThat(Settling.unsettled(blocks)).isEmpty();
    }

    @Test
    void aLatencyThatRisesDoesNotWaitForRest() {
        assertThat(Settling.unsettled(blocks(QUIET, 300, 300, 300, 600, 700, 800)))
                .isEmpty();
    }

    @Test
    void onlyTheNewestBlocksCount() {
        assertThat(Settling.unsettled(blocks(QUIET, 9_000, 5_000, 300, 300, 300, 300, 300, 300)))
                .isEmpty();
    }

    @Test
    void everyModeHasToBeAtRest() {
        List<Block> blocks = new ArrayList<>();
        for (long nanos : new long[] {900, 900, 900, 300, 300, 300}) {
            blocks.add(new Block(QUIET, Map.of("polling", 200L, "webhook", nanos)));
        }
        assertThat(Settling.unsettled(blocks))
                .hasValueSatisfying(what -> assertThat(what).contains("webhook"));
    }

    @Test
    void fewerBlocksThanAreComparedTellNothing() {
        assertThat(Settling.unsettled(blocks(QUIET, 300, 300, 300, 300, 300)))
                .contains("there was no time to find out");
        assertThat(Settling.unsettled(List.of())).isPresent();
    }

    private static List<Block> blocks(double compilingShare, long... legNanos) {
        List<Block> blocks = new ArrayList<>();
        for (long nanos : legNanos) {
            blocks.add(new Block(compilingShare, Map.of("webhook", nanos)));
        }
        return blocks;
    }
}
