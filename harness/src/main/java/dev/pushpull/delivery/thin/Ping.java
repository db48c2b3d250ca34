package dev.pushpull.delivery.thin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.event.Event;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Json;
import dev.pushpull.surface.SurfaceBytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The body of a thin webhook: {@code {"id":"evt_...","type":"...","stream":"c17","cursor":"42"}}. */
final class Ping {
    private static final int FRAME =
            "{\"id\":\"evt_0123456789abcdef\",\"type\":\"\",\"stream\":\"\",\"cursor\":\"\"}".length();

    private Ping() {}

    /** About an event; the cursor is the one that a reader has who holds everything up to this event. */
    static byte[] of(StoredEvent stored) {
        Event event = stored.event();
        Map<String, String> ping = new LinkedHashMap<>();
        ping.put("id", event.id());
        ping.put("type", event.type());
        ping.put("stream", event.stream());
        ping.put("cursor", Long.toString(event.sequence()));
        return Json.write(ping).getBytes(StandardCharsets.UTF_8);
    }

    /** The cursor; empty when this is no such body. */
    static OptionalLong cursor(byte[] body) {
        String cursor = Json.readObject(body)
                .map(ping -> ping.path("cursor"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .orElse("");
        return cursor.matches("[1-9][0-9]{0,17}") ? OptionalLong.of(Long.parseLong(cursor)) : OptionalLong.empty();
    }

    /** Its mean size in a scenario. */
    static double bytes(Scenario scenario) {
        return FRAME
                + scenario.events().type().length()
                + SurfaceBytes.streamName(scenario)
                + SurfaceBytes.cursorDigits(scenario);
    }
}
