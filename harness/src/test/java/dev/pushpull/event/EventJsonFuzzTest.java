package dev.pushpull.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.event.EventJson.MalformedEventException;
import dev.pushpull.testing.Refusals;
import java.io.IOException;

/** Any bytes are either an event, which stays the same when it is passed on, or are refused in one line. */
class EventJsonFuzzTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @FuzzTest
    void isAnEventThatCanBeHandedOnOrIsRefused(byte[] data) throws IOException {
        Event event;
        try {
            event = EventJson.decode(data);
        } catch (MalformedEventException e) {
            Refusals.assertOneLine(e);
            return;
        }
        assertThat(EventJson.decode(EventJson.encode(event))).isEqualTo(event);
    }

    @FuzzTest
    void isAPageOfSuchEventsOrIsRefused(byte[] data) throws IOException {
        EventPage page;
        try {
            page = EventJson.decodePage(data);
        } catch (MalformedEventException e) {
            Refusals.assertOneLine(e);
            return;
        }
        assertThat(page.nextCursor()).isNotNull();
        for (Event event : page.events()) {
            assertThat(EventJson.decode(EventJson.encode(event))).isEqualTo(event);
        }
    }

    @FuzzTest
    void isAnEventByHandThatAnybodyCanReadOrIsRefused(byte[] data) throws IOException {
        PostedEvent posted;
        try {
            posted = PostedEvent.read(data);
        } catch (MalformedEventException e) {
            Refusals.assertOneLine(e);
            return;
        }
        Event event = new Event("evt_1", posted.stream(), 1, posted.type(), 0, posted.dataJson());
        byte[] json = EventJson.encode(event);
        assertThat(EventJson.decode(json)).isEqualTo(event);
        assertThat(JSON.readTree(json).path("data").isObject()).isTrue();
    }
}
