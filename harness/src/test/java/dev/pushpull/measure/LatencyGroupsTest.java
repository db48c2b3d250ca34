package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Where all durations of a group are alike, n groups of m samples say as much as n samples: the effect is m n/(n-1). */
class LatencyGroupsTest {
    private static final int SAMPLES = 50;

    /** Every second group has only short durations, every other only long ones. */
    private static LatencyGroups alike(int filled, int size) {
        LatencyGroups groups = new LatencyGroups(size);
        for (int group = 0; group < filled; group++) {
            groups.add(group, group % 2 == 0 ? new long[] {SAMPLES, 0} : new long[] {0, SAMPLES});
        }
        return groups;
    }

    @Test
    void groupsThatAreAlikeWithinCountAsOneSampleEach() {
        assertThat(alike(20, 20).designEffect(0.5)).isCloseTo(SAMPLES * 20 / 19.0, within(1e-9));
        assertThat(alike(10, 10).designEffect(0.5)).isCloseTo(SAMPLES * 10 / 9.0, within(1e-9));
    }

    @Test
    void groupsWithoutAnyDoNotCount() {
        LatencyGroups groups = alike(10, 30);
        groups.add(20, new long[] {0, 0});
        assertThat(groups.designEffect(0.5)).isCloseTo(SAMPLES * 10 / 9.0, within(1e-9));
        LatencyGroups nine = alike(9, 30);
        nine.add(20, new long[] {0, 0});
        assertThat(nine.designEffect(0.5)).as("fewer than ten").isEqualTo(1);
    }

    @Test
    void withoutAnyOrWithAllInOneBucketThereIsNoEffect() {
        assertThat(new LatencyGroups(20).designEffect(0.5)).isEqualTo(1);
        LatencyGroups one = new LatencyGroups(20);
        for (int group = 0; group < 20; group++) {
            one.add(group, new long[] {0, 5 + group});
        }
        assertThat(one.designEffect(0.5)).isEqualTo(1);
    }

    /** The halves are the same in all groups; of the upper half, one quarter is long in some groups only. */
    private static LatencyGroups alikeOnlyAbove() {
        LatencyGroups groups = new LatencyGroups(20);
        for (int group = 0; group < 20; group++) {
            groups.add(group, group % 2 == 0 ? new long[] {50, 50, 0, 0} : new long[] {50, 0, 50, 0});
        }
        return groups;
    }

    @Test
    void theEffectIsThatAtTheBoundNearestToTheQuantile() {
        double atThreeQuarters = 20 * 25 * 25 * 20 / 19.0 / (2_000 * 0.75 * 0.25);
        for (double p : new double[] {0.3, 0.5, 0.6}) {
            assertThat(alikeOnlyAbove().designEffect(p)).as("p = %s", p).isEqualTo(1);
        }
        for (double p : new double[] {0.7, 0.75, 0.99}) { // none beyond: all would be below
            assertThat(alikeOnlyAbove().designEffect(p)).as("p = %s", p).isCloseTo(atThreeQuarters, within(1e-9));
        }
    }

    @Test
    void whatIsAddedIsAddedToTheGroupItBelongsTo() {
        LatencyGroups sum = alike(15, 20);
        LatencyGroups rest = new LatencyGroups(20);
        for (int group = 10; group < 20; group++) {
            rest.add(group, group % 2 == 0 ? new long[] {SAMPLES, 0} : new long[] {0, SAMPLES});
        }
        sum.add(rest); // now 10 groups of 50, 5 of 100 and 5 of 50
        double below = 13 * SAMPLES; // ten even groups, three of them twice
        double share = below / (25.0 * SAMPLES);
        double squares = 0;
        for (int group = 0; group < 20; group++) {
            double size = group >= 10 && group < 15 ? 2 * SAMPLES : SAMPLES;
            double residual = (group % 2 == 0 ? size : 0) - share * size;
            squares += residual * residual;
        }
        assertThat(sum.designEffect(0.5))
                .isCloseTo(squares * 20 / 19 / (25.0 * SAMPLES * share * (1 - share)), within(1e-9));
    }

    @Test
    void whatWasGivenIsCopied() {
        long[] buckets = {SAMPLES, 0};
        LatencyGroups groups = alike(20, 21);
        groups.add(20, buckets);
        double effect = groups.designEffect(0.5);
        buckets[1] = 1_000;
        assertThat(groups.designEffect(0.5)).isEqualTo(effect);
        assertThat(groups.size()).isEqualTo(21);
    }
}
