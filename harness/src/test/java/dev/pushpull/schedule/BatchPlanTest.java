package dev.pushpull.schedule;

import static dev.pushpull.schedule.BatchPlan.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.schedule.BatchPlan.Law;
import dev.pushpull.schedule.BatchPlan.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When batches of at most three events that wait for 100 are sent; windows end at 30, 130, 230, ... */
class BatchPlanTest {
    private static BatchPlan plan(Law law) {
        return new BatchPlan(new Rule(law, 3, 100), 30);
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingWaitsNothingIsDue(Law law) {
        BatchPlan plan = plan(law);
        assertThat(plan.dueNanos()).isEqualTo(NEVER);
        plan.added(1_000);
        plan.sent(1_100);
        assertThat(plan.dueNanos()).isEqualTo(NEVER);
    }

    @ParameterizedTest
    @EnumSource(names = "PENDING", mode = EnumSource.Mode.EXCLUDE)
    void aFullBatchIsSentAtOnce(Law law) {
        BatchPlan plan = plan(law);
        plan.added(1_000);
        plan.sent(1_000);
        plan.added(1_040);
        plan.added(1_050);
        assertThat(plan.dueNanos()).isGreaterThan(1_060);
        plan.added(1_060);
        assertThat(plan.dueNanos()).isEqualTo(1_060);
        assertThat(plan.sent(1_060)).isEqualTo(3);
    }

    @Test
    void aBatchWaitsFromItsFirstEventOn() {
        BatchPlan plan = plan(Law.FIRST_EVENT);
        plan.added(1_000);
        plan.added(1_090);
        assertThat(plan.dueNanos()).isEqualTo(1_100);
        assertThat(plan.sent(1_100)).isEqualTo(2);
        plan.added(1_500);
        assertThat(plan.dueNanos()).isEqualTo(1_600);
    }

    @Test
    void orFromTheBatchBeforeOn() {
        BatchPlan plan = plan(Law.LAST_DISPATCH);
        plan.added(1_000);
        assertThat(plan.dueNanos()).as("there was none before").isEqualTo(1_000);
        plan.sent(1_000);
        plan.added(1_070);
        assertThat(plan.dueNanos()).isEqualTo(1_100);
        plan.sent(1_100);
        plan.added(1_300);
        assertThat(plan.dueNanos()).as("after a silence").isEqualTo(1_300);
    }

    @Test
    void orUntilItsWindowEnds() {
        BatchPlan plan = plan(Law.WINDOW);
        plan.added(1_000);
        assertThat(plan.dueNanos()).isEqualTo(1_030);
        plan.sent(1_030);
        plan.added(1_030);
        assertThat(plan.dueNanos()).as("the end belongs to it").isEqualTo(1_030);
        plan.sent(1_030);
        plan.added(1_031);
        assertThat(plan.dueNanos()).isEqualTo(1_130);
        BatchPlan early = plan(Law.WINDOW);
        early.added(-100);
        assertThat(early.dueNanos()).isEqualTo(-70);
    }

    @Test
    void orUntilTheBatchBeforeIsAnswered() {
        BatchPlan plan = plan(Law.PENDING);
        plan.added(1_000);
        assertThat(plan.dueNanos()).isEqualTo(1_000);
        plan.sent(1_000);
        for (int event = 1; event <= 5; event++) {
            plan.added(1_000 + event);
        }
        assertThat(plan.dueNanos()).isEqualTo(NEVER);
        plan.answered(1_200);
        assertThat(plan.dueNanos()).isEqualTo(1_200);
        assertThat(plan.sent(1_200)).as("no more than a batch").isEqualTo(3);
        plan.answered(1_400);
        assertThat(plan.dueNanos()).isEqualTo(1_400);
        assertThat(plan.sent(1_400)).isEqualTo(2);
        plan.answered(1_500);
        assertThat(plan.dueNanos()).isEqualTo(NEVER);
    }
}
