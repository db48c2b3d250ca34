package dev.pushpull.delivery.thin;

import static dev.pushpull.delivery.thin.ReadPlan.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which webhooks start a read, and when; a debounce of 10, and 100 until it is asked again. */
class ReadPlanTest {
    private static ReadPlan plan(WhenNotVisible otherwise) {
        return new ReadPlan(10, 100, otherwise);
    }

    @ParameterizedTest
    @EnumSource
    void aWebhookStartsAReadAfterTheDebounceAndThoseUntilThenStartNone(WhenNotVisible otherwise) {
        ReadPlan plan = plan(otherwise);
        assertThat(plan.pinged(1, 1_000)).isEqualTo(1_010);
        assertThat(plan.pinged(2, 1_005)).isEqualTo(NEVER);
        plan.begun();
        assertThat(plan.answered(2, 1_020)).isEqualTo(NEVER);
        assertThat(plan.cursor()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aWebhookAboutWhatIsHeldStartsNone(WhenNotVisible otherwise) {
        ReadPlan plan = plan(otherwise);
        plan.pinged(1, 1_000);
        plan.begun();
        plan.answered(3, 1_020);
        assertThat(plan.pinged(1, 1_100)).as("sent again").isEqualTo(NEVER);
        assertThat(plan.pinged(3, 1_100)).as("overtaken by the read").isEqualTo(NEVER);
        assertThat(plan.pinged(4, 1_100)).isEqualTo(1_110);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasToldDuringAReadAndNotBroughtByItIsReadAfterIt(WhenNotVisible otherwise) {
        ReadPlan plan = plan(otherwise);
        plan.pinged(1, 1_000);
        plan.begun();
        assertThat(plan.pinged(2, 1_012)).as("one read at a time").isEqualTo(NEVER);
        assertThat(plan.pinged(3, 1_015)).isEqualTo(NEVER);
        assertThat(plan.answered(1, 1_020)).as("counted from the first of them").isEqualTo(1_022);
        plan.begun();
        assertThat(plan.answered(3, 1_040)).isEqualTo(NEVER);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasToldDuringAReadAndBroughtByItIsNotReadAgain(WhenNotVisible otherwise) {
        ReadPlan plan = plan(otherwise);
        plan.pinged(1, 1_000);
        plan.begun();
        plan.pinged(2, 1_012);
        assertThat(plan.answered(2, 1_020)).isEqualTo(NEVER);
    }

    @Test
    void aReadThatDoesNotBringWhatItWasToldOfIsMadeAgain() {
        ReadPlan plan = plan(WhenNotVisible.AGAIN);
        plan.pinged(1, 1_000);
        plan.begun();
        assertThat(plan.answered(0, 1_020)).isEqualTo(1_120);
        assertThat(plan.pinged(2, 1_050)).as("one read is planned already").isEqualTo(NEVER);
        plan.begun();
        assertThat(plan.answered(1, 1_140)).as("the second is still missing").isEqualTo(1_240);
        plan.begun();
        assertThat(plan.answered(2, 1_260)).isEqualTo(NEVER);
    }

    @Test
    void orTheNextWebhookStartsTheNext() {
        ReadPlan plan = plan(WhenNotVisible.NEXT_PING);
        plan.pinged(1, 1_000);
        plan.begun();
        assertThat(plan.answered(0, 1_020)).isEqualTo(NEVER);
        assertThat(plan.cursor()).isZero();
        assertThat(plan.pinged(2, 5_000)).isEqualTo(5_010);
        plan.begun();
        assertThat(plan.answered(2, 5_020)).isEqualTo(NEVER);
    }

    @Test
    void orItIsPassedOver() {
        ReadPlan plan = plan(WhenNotVisible.SKIP);
        plan.pinged(1, 1_000);
        plan.begun();
        plan.pinged(2, 1_015);
        assertThat(plan.answered(0, 1_020))
                .as("the second was told of too late to be believed")
                .isEqualTo(1_025);
        assertThat(plan.cursor()).isEqualTo(1);
        plan.begun();
        plan.answered(1, 1_040);
        assertThat(plan.cursor()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aReadThatFailedIsMadeAgainFromWhereItStopped(WhenNotVisible otherwise) {
        ReadPlan plan = plan(otherwise);
        plan.pinged(5, 1_000);
        plan.begun();
        assertThat(plan.failed(3, 1_020)).isEqualTo(1_120);
        assertThat(plan.cursor()).isEqualTo(3);
        plan.begun();
        assertThat(plan.answered(5, 1_140)).isEqualTo(NEVER);
    }
}
