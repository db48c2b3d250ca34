package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.EpochClock;
import dev.pushpull.host.NanoClock;
import dev.pushpull.standalone.PollBooks.Ending;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PollBooksTest {
    private final PollBooks books = new PollBooks();

    PollBooksTest() {
        books.opened(new EpochClock(NanoClock.SYSTEM));
    }

    @Test
    void aPollUnderWayWhenTheBooksCloseIsBrokenOffAndWhatItBroughtCounts() {
        books.begin();
        books.took(List.of(item("backlog")));
        books.end(Ending.READ);
        books.begin();
        books.took(List.of(item("new")));
        books.close();
        books.end(Ending.READ); // the poller comes too late

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
        books.end(Ending.READ);
        books.close();

        assertThat(books.brokenOff()).isZero();
    }

    private static ListPage.Item item(String id) {
        return new ListPage.Item(Fingerprint.of(true, id), id, true, OptionalLong.empty());
    }
}
