package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.measure.ArrivalTracker.Arrival;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalTrackerTest {
    private final ArrivalTracker tracker = new ArrivalTracker();

    @Test
    void sequencesThatRiseAreInOrderEvenWithGaps() {
        assertThat(tracker.arrived(1)).isEqualTo(Arrival.IN_ORDER);
        assertThat(tracker.arrived(4)).isEqualTo(Arrival.IN_ORDER);
        assertThat(tracker.arrived(5)).isEqualTo(Arrival.IN_ORDER);
        assertThat(tracker.missing(7)).containsExactly(2L, 3L, 6L, 7L);
    }

    @Test
    void whatFillsAGapIsOutOfOrderAndWhatCameBeforeIsRepeated() {
        tracker.arrived(1);
        tracker.arrived(3);
        assertThat(tracker.arrived(3)).as("ahead of a gap").isEqualTo(Arrival.REPEATED);
        assertThat(tracker.arrived(2)).isEqualTo(Arrival.OUT_OF_ORDER);
        assertThat(tracker.arrived(1)).as("below the gap").isEqualTo(Arrival.REPEATED);
        assertThat(tracker.arrived(3)).as("at the end of it").isEqualTo(Arrival.REPEATED);
        assertThat(tracker.missing(3)).isEmpty();
    }

    /** Against the plainest reading of the words: a set of all that has come, and the greatest of it. */
    @Test
    void inAnyOrderWithRepetitionsItSaysWhatASetOfAllSays() {
        for (int seed = 0; seed < 50; seed++) {
            List<Long> order =
                    new ArrayList<>(LongStream.rangeClosed(1, 30).boxed().toList());
            order.addAll(order.subList(5, 15));
            Collections.shuffle(order, new Random(seed));
            ArrivalTracker any = new ArrivalTracker();
            Set<Long> came = new HashSet<>();
            long greatest = 0;
            for (long sequence : order.subList(0, 30)) {
                Arrival expected = came.contains(sequence)
                        ? Arrival.REPEATED
                        : sequence > greatest ? Arrival.IN_ORDER : Arrival.OUT_OF_ORDER;
                assertThat(any.arrived(sequence))
                        .as("%s of %s", sequence, order)
                        .isEqualTo(expected);
                came.add(sequence);
                greatest = Math.max(greatest, sequence);
            }
            assertThat(any.missing(30))
                    .isEqualTo(LongStream.rangeClosed(1, 30)
                            .boxed()
                            .filter(sequence -> !came.contains(sequence))
                            .toList());
        }
    }
}
