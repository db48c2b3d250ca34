package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeenItemsTest {
    private static Fingerprint item(int number) {
        return Fingerprint.of(true, "item " + number);
    }

    @Test
    void anItemIsNewOnceAlsoAmongManyThatComeAndGo() {
        SeenItems seen = new SeenItems(100);
        for (int i = 0; i < 10_000; i++) {
            assertThat(seen.seen(item(i), 1)).isEqualTo(SeenItems.NEVER);
            assertThat(seen.seen(item(Math.max(0, i - 40)), 2))
                    .as("one that came lately")
                    .isNotEqualTo(SeenItems.NEVER);
        }
        assertThat(seen.forgot()).isTrue();
        assertThat(seen.seen(item(0), 3)).as("one that was forgotten").isEqualTo(SeenItems.NEVER);
    }

    @Test
    void nothingIsForgottenBeforeItHasTo() {
        SeenItems seen = new SeenItems(3);
        for (int i = 0; i < 3; i++) {
            seen.seen(item(i), 1);
        }
        assertThat(seen.forgot()).isFalse();
    }

    @Test
    void aLongerListIsRememberedWhole() {
        SeenItems seen = new SeenItems(3);
        seen.remember(2 * 10);
        for (int time = 0; time < 3; time++) {
            for (int i = 0; i < 10; i++) {
                assertThat(seen.seen(item(i), time + 1)).isEqualTo(time);
            }
        }
        assertThat(seen.forgot()).isFalse();
    }

    @Test
    void anIdIsNotTheSameAsAContent() {
        assertThat(Fingerprint.of(true, "7")).isNotEqualTo(Fingerprint.of(false, "7"));
    }
}
