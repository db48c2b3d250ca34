package dev.pushpull.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderOfArrivalTest {
    private static final int EVENTS = 500;

    /** Against the definition: an earlier event is out of order once a later one has come before it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20, 200})
    void itFindsEachEventThatALaterOneCameBefore(int delay) {
        SplittableRandom random = new SplittableRandom(delay);
        OrderOfArrival order = new OrderOfArrival();
        long[] held = new long[EVENTS];
        int found = 0;
        for (int event = 0; event < EVENTS; event++) {
            held[event] = event + (random.nextInt(3) == 0 ? random.nextLong(delay) : 0);
            found += order.arrived(event, held[event]);
        }
        int late = 0;
        for (int event = 0; event < EVENTS; event++) {
            boolean overtaken = false;
            for (int later = event + 1; later < EVENTS; later++) {
                overtaken |= held[later] < held[event];
            }
            late += overtaken ? 1 : 0;
        }
        assertThat(found).isEqualTo(late);
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 40})
    void howeverManyAreOnTheirWayNoneIsForgotten(int waiting) {
        OrderOfArrival order = new OrderOfArrival();
        for (int round = 0; round < 3; round++) {
            long start = 1_000L * round;
            for (int event = 0; event < waiting; event++) {
                assertThat(order.arrived(start + event, start + 500 + event)).isZero();
            }
            assertThat(order.arrived(start + waiting, start + waiting)).isEqualTo(waiting);
        }
    }
}
