package dev.pushpull.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeenIdsTest {
    @Test
    void theNewestAreRememberedAndTheOthersForgotten() {
        SeenIds seen = new SeenIds(3);
        for (String id : new String[] {"a", "b", "c", "b", "d"}) {
            seen.add(id);
        }
        assertThat(seen.contains("a")).isFalse();
        assertThat(seen.contains("b")).isTrue();
        assertThat(seen.contains("c")).isTrue();
        assertThat(seen.contains("d")).isTrue();
        assertThat(seen.contains("")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1000})
    void theyAreThoseThatAMapWouldHold(int most) {
        SplittableRandom random = new SplittableRandom(most);
        SeenIds seen = new SeenIds(most);
        Map<String, Boolean> map = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
            }
        };
        for (int i = 0; i < 20_000; i++) {
            int number = random.nextInt(3 * most + 1);
            String id = "0/msg_" + number + "ü".repeat(number % 70); // longer than expected, and not of one length
            assertThat(seen.contains(id)).as(id).isEqualTo(map.containsKey(id));
            if (random.nextInt(3) > 0) {
                seen.add(id);
                map.put(id, true);
            }
        }
    }
}
