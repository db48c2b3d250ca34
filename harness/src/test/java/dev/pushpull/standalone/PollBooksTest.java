package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.EpochClock;
import dev.pushpull.host.NanoClock;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PollBooksTest {
    private final PollBooks books = new PollBooks(ItemListener.NONE);

    PollBooksTest() {
        books.opened(new EpochClock(NanoClock.SYSTEM));
    }

    @Test
    void aPollUnderWayWhenTheBooksCloseIsBrokenOffAndWhatItBroughtCounts() {
        books.begin();
        books.took(List.of(item("backlog")), NanoClock.SYSTEM.nanoTime());
        books.end(PollEnding.READ, true);
        books.begin();
        books.took(List.of(item("new")), NanoClock.SYSTEM.nanoTime());
        books.close();
        books.end(PollEnding.READ, true); // the poller comes too late

        Map<String, Object> counted = books.counted(2);
        assertThat(books.brokenOff()).isEqualTo(1);
        assertThat(counted)
                .containsEntry("polls", 2L)
                .containsEntry("backlog", 1L)
                .containsEntry("delivered", 1L)
                .containsEntry("wasted_ratio", 0.0);
        assertThat(books.table().rows()).hasSize(2);
    }

    @Test
    void ofAPollThatWasBrokenOffNobodyKnowsWhetherItWasWasted() {
        books.begin();
        books.close();

        assertThat(books.counted(1)).containsEntry("polls", 1L).containsEntry("wasted_ratio", null);
    }

    @Test
    void betweenTwoPollsNoneIsBrokenOff() {
        books.begin();
        books.end(PollEnding.READ, true);
        books.close();

        assertThat(books.brokenOff()).isZero();
    }

    private static ItemReader.Item item(String id) {
        return new ItemReader.Item(Fingerprint.of(true, id), id, "", true, OptionalLong.empty(), true);
    }
}
