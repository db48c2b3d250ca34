package dev.pushpull.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.standalone.PollEnding;
import dev.pushpull.standalone.Sighting;
import dev.pushpull.testing.ChildJvm;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Weeks of items, one after the other: what is kept of them does not grow. */
@Tag("slow")
class ObserveMemoryTest {
    private static final long ITEMS = 3_000_000;

    /** By then everything that is kept up to a number is full. */
    private static final long FULL = 1_500_000;

    @Test
    void millionsOfItemsLeaveNoMoreThanAMillionAndAHalf() throws Exception {
        try (ChildJvm weeks = new ChildJvm(Weeks.class)) {
            long[] figures = Stream.of(weeks.ready().split(" "))
                    .mapToLong(Long::parseLong)
                    .toArray();
            assertThat(figures[0])
                    .as("items that were told and have no outcome")
                    .isZero();
            assertThat(figures[2] - figures[1])
                    .as("bytes more at the end, of %d", figures[1])
                    .isLessThan(2 << 20);
        }
    }

    /** Two items a second; of ten one is pushed only, one polled only, and for an hour a day no poll succeeds. */
    static final class Weeks {
        private static final long SECOND = 1_000_000_000L;

        private Weeks() {}

        public static void main(String[] arguments) {
            long[] decided = new long[1];
            Pairing pairing = new Pairing(
                    new Pairing.Setup(10 * SECOND, 60 * SECOND, 100_000, 0),
                    pair -> decided[0] += pair.outcome() == Outcome.BACKLOG ? 0 : 1,
                    pair -> {},
                    Optional.empty());
            pairing.polls().polled(1, 0, 0, PollEnding.READ, false);
            pairing.ready(0);
            long full = 0;
            long told = 0;
            for (long i = 0; i < ITEMS; i++) {
                long now = i * SECOND / 2;
                Sighting seen = new Sighting("item-" + i, "v", now, i / 20 + 2, OptionalLong.of(now), false);
                if (i % 10 != 8) {
                    pairing.pushes().saw(seen);
                }
                told += i % 10 != 8 || i % 172_800 >= 7_200 ? 1 : 0;
                boolean away = i % 172_800 < 7_200;
                if (i % 10 != 9 && !away) {
                    pairing.polls().saw(seen);
                }
                if (i % 20 == 19) {
                    pairing.polls().polled(i / 20 + 2, now, now, away ? PollEnding.FAILED : PollEnding.READ, false);
                }
                if (i == FULL) {
                    full = used();
                }
            }
            long end = used();
            long undecided = pairing.undecided(ITEMS * SECOND / 2).size();
            System.out.println(told - decided[0] - undecided + " " + full + " " + end);
        }

        private static long used() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }
}
