package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.standalone.PollBooks.Ended;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PollLinesTest {
    private final List<String> said = new ArrayList<>();
    private final PollLines lines = new PollLines(line -> said.add(line.get()));

    @Test
    void aPollIsALineAndEachItsItemsALineWithItsLateness() {
        lines.arrived(List.of(
                arrival("evt_1", 1_500_000_000L, OptionalLong.of(243_500_000)),
                arrival("evt_2", 1_500_000_000L, OptionalLong.empty())));
        lines.ended(new Ended(3, 1_501_000_000L, 2, false, PollEnding.READ));
        lines.ended(new Ended(4, 2_001_000_000L, 0, false, PollEnding.UNCHANGED));

        assertThat(said)
                .containsExactly(
                        "     1.501 s  poll 3: 2 new",
                        "     1.500 s    evt_1  243.500 ms late",
                        "     1.500 s    evt_2",
                        "     2.001 s  poll 4: nothing new (not modified)");
    }

    @Test
    void whatWasThereBeforeTheFirstPollIsCountedAndNotCalledLate() {
        lines.arrived(List.of(arrival("evt_1", 1, OptionalLong.of(7_000_000_000L))));
        lines.ended(new Ended(1, 1_000_000, 1, true, PollEnding.READ));

        assertThat(said).containsExactly("     0.001 s  poll 1: 1 there already");
    }

    @Test
    void ofManyItemsTheFirstAreListedAndTheOthersCounted() {
        lines.arrived(IntStream.range(0, 1000)
                .mapToObj(i -> arrival("evt_" + i, 1, OptionalLong.of(1)))
                .toList());
        lines.ended(new Ended(2, 1, 1000, false, PollEnding.READ));

        assertThat(said).hasSize(102);
        assertThat(said.get(101)).endsWith("and 900 more");
    }

    @Test
    void anIdThatIsNoLineIsMadeOne() {
        lines.arrived(List.of(arrival("a\n\u001b[2J\u202eb", 1, OptionalLong.empty())));
        lines.ended(new Ended(2, 1, 1, false, PollEnding.READ));

        assertThat(said.get(1)).endsWith("    a??[2J?b");
    }

    private static Arrival arrival(String id, long sinceStartNanos, OptionalLong lateNanos) {
        return new Arrival(id, "", sinceStartNanos, lateNanos, OptionalLong.empty());
    }
}
