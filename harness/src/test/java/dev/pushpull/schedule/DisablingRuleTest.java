package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DisablingRuleTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Test
    void aPauseDoublesUpToTheLongestAndEndsInGood() {
        DisablingRule gitlab = new DisablingRule(4, MINUTE, Duration.ofHours(24).toNanos(), 40);
        assertThat(gitlab.pauseAfter(3)).isEmpty();
        assertThat(gitlab.pauseAfter(4)).hasValue(MINUTE);
        assertThat(gitlab.pauseAfter(5)).hasValue(2 * MINUTE);
        assertThat(gitlab.pauseAfter(14)).hasValue(1024 * MINUTE);
        assertThat(gitlab.pauseAfter(15)).hasValue(Duration.ofHours(24).toNanos());
        assertThat(gitlab.pauseAfter(39)).hasValue(Duration.ofHours(24).toNanos());
        assertThat(gitlab.pauseAfter(40)).hasValue(DisablingRule.FOR_GOOD);
    }

    @Test
    void withoutAPauseItIsForGood() {
        DisablingRule shopify = new DisablingRule(8, 0, 0, 0);
        assertThat(shopify.pauseAfter(7)).isEmpty();
        assertThat(shopify.pauseAfter(8)).hasValue(DisablingRule.FOR_GOOD);
        assertThat(DisablingRule.NONE.pauseAfter(1_000_000)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void aLongestPauseMayEqualTheFirstAndNotBeShorter() {
        DisablingRule steady = new DisablingRule(1, MINUTE, MINUTE, 0);
        assertThat(steady.pauseAfter(1)).hasValue(MINUTE);
        assertThat(steady.pauseAfter(1_000)).hasValue(MINUTE);
        assertThatThrownBy(() -> new DisablingRule(1, MINUTE, MINUTE - 1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DisablingRule(-1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DisablingRule(1, 0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aQuotaLetsSoManyThroughInEachWindow() {
        RequestQuota quota = new RequestQuota(2, 1000);
        RequestQuota.Window window = new RequestQuota.Window();
        assertThat(quota.waitNanos(window, 50)).isZero();
        assertThat(quota.waitNanos(window, 60)).isZero();
        assertThat(quota.waitNanos(window, 100)).as("until 1050").isEqualTo(950);
        assertThat(quota.waitNanos(window, 1049)).isEqualTo(1);
        assertThat(quota.waitNanos(window, 1050)).isZero();
        assertThat(quota.limits()).isTrue();
        assertThat(RequestQuota.NONE.limits()).isFalse();
        assertThat(RequestQuota.NONE.waitNanos(window, 1050)).isZero();
    }
}
