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
            assertThat(seen.add(item(i))).isTrue();
            assertThat(seen.add(item(Math.max(0, i - 40))))
                    .as("one that came lately")
                    .isFalse();
        }
        assertThat(seen.forgot()).isTrue();
        assertThat(seen.add(item(0))).as("one that was forgotten").isTrue();
    }

    @Test
    void nothingIsForgottenBeforeItHasTo() {
        SeenItems seen = new SeenItems(3);
        for (int i = 0; i < 3; i++) {
            seen.add(item(i));
        }
        assertThat(seen.forgot()).isFalse();
    }

    @Test
    void aLongerListIsRememberedWhole() {
        SeenItems seen = new SeenItems(3);
        seen.remember(2 * 10);
        for (int time = 0; time < 3; time++) {
            for (int i = 0; i < 10; i++) {
                assertThat(seen.add(item(i))).isEqualTo(time == 0);
            }
        }
        assertThat(seen.forgot()).isFalse();
    }

    @Test
    void anIdIsNotTheSameAsAContent() {
        assertThat(Fingerprint.of(true, "7")).isNotEqualTo(Fingerprint.of(false, "7"));
    }
}
