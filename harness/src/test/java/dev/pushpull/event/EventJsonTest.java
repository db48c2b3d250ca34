package dev.pushpull.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.event.EventJson.MalformedEventException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final long OCCURRED_AT = 1_767_225_600_123_456_789L;

    private static Event event(String dataJson) {
        return new Event("evt_1", "c0", 7, "order.created", OCCURRED_AT, dataJson);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String page(String events, String rest) {
        return "{\"data\":[" + events + "],\"has_more\":true,\"next_cursor\":\"9\"" + rest + "}";
    }

    private static String json(Event event) {
        return new String(EventJson.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void aWebhookHoldsOneEventOrAnArrayOfThem() throws Exception {
        String one = json(event("{\"n\":1}"));
        String other = json(event("{\"n\":2}"));
        assertThat(EventJson.decodeOneOrMore(utf8(one))).containsExactly(event("{\"n\":1}"));
        assertThat(EventJson.decodeOneOrMore(utf8("[" + one + "," + other + "]")))
                .containsExactly(event("{\"n\":1}"), event("{\"n\":2}"));
        assertThat(EventJson.decodeOneOrMore(utf8("[]"))).isEmpty();
        for (String wrong :
                List.of("", "[", "[" + one, "[" + one + "]]", "[" + one + ",5]", "[" + one + "," + "]", "5")) {
            assertThatThrownBy(() -> EventJson.decodeOneOrMore(utf8(wrong)))
                    .as(wrong)
                    .isInstanceOf(MalformedEventException.class);
        }
    }

    @Test
    void anEventTravelsUnderTheNamesOfTheContract() throws Exception {
        JsonNode json = new ObjectMapper().readTree(EventJson.encode(event("{\"amount\":5}")));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly("id", "stream", "sequence", "type", "occurred_at", "data");
        assertThat(json.get("occurred_at").textValue()).isEqualTo("2026-01-01T00:00:00.123456789Z");
        assertThat(json.get("sequence").longValue()).isEqualTo(7);
        assertThat(json.get("data").get("amount").intValue()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":[1,2.5,-0.0,1e300,true,null,{\"b\":\"\"}]}",
                "{\"text\":\"gr\u00fc\u00dfe \u65e5\u672c\u8a9e \ud83d\ude80 \\\"quoted\\\" \\\\ \\u0000 \\n\"}",
                "{\"data\":{\"id\":\"inner\",\"sequence\":99,\"next_cursor\":\"x\"}}",
                "{\"exact\":0.1234567890123456789012345678901234567890}",
                "{\"beyond a double\":1e400,\"beyond a long\":123456789012345678901234567890}",
                "{\"trailing zero\":1.10}",
                "{\"half a pair\":\"\\ud800\"}",
                "{\"\":{\"\":[[],[[]],{}]}}",
            })
    void whateverTheDataItArrivesAsItWasSent(String dataJson) throws Exception {
        Event event = event(dataJson);
        assertThat(EventJson.decode(EventJson.encode(event))).isEqualTo(event);

        EventPage page = EventJson.decodePage(utf8(page(json(event) + "," + json(event), "")));
        assertThat(page).isEqualTo(new EventPage(List.of(event, event), "9", true));
    }

    @Test
    void longAndDeepDataArriveToo() throws Exception {
        Event deep = event("{\"a\":".repeat(500) + "1" + "}".repeat(500));
        assertThat(EventJson.decode(EventJson.encode(deep))).isEqualTo(deep);
        Event large = event("{\"a\":\"" + "\u00e4".repeat(1 << 20) + "\"}");
        assertThat(EventJson.decode(EventJson.encode(large))).isEqualTo(large);
    }

    @Test
    void namesMayHoldAnyText() throws Exception {
        Event event = new Event("\"\\\n\u0001", "\u65e5\u672c", Long.MAX_VALUE, "\ud83d\ude80", -1, "{}");
        assertThat(EventJson.decode(EventJson.encode(event))).isEqualTo(event);
    }

    @Test
    void unknownFieldsAndAnyOrderAreAccepted() throws Exception {
        String json = " {\"new\":{\"id\":[1,{}]},\"data\" : {\"a\":1} ,\"type\":\"t\",\"sequence\":1,"
                + "\"stream\":\"s\",\"x\":[[]],\"occurred_at\":\"1970-01-01T00:00:00Z\",\"id\":\"i\"}\n";
        assertThat(EventJson.decode(utf8(json))).isEqualTo(new Event("i", "s", 1, "t", 0, "{\"a\":1}"));
    }

    @Test
    void dataKeepTheirOwnSpacingAndMayFollowAByteOrderMark() throws Exception {
        String json = "\ufeff{\"id\":\"i\",\"stream\":\"s\",\"sequence\":1,\"type\":\"t\","
                + "\"occurred_at\":\"1970-01-01T00:00:00Z\",\"data\" :\n { \"a\" : [ 1 , 2 ] } }";
        assertThat(EventJson.decode(utf8(json)).dataJson()).isEqualTo("{ \"a\" : [ 1 , 2 ] }");
    }

    @Test
    void otherEncodingsAreRefused() {
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThatThrownBy(() -> EventJson.decode(json(event("{}")).getBytes(charset)))
                    .isInstanceOf(MalformedEventException.class);
        }
    }

    @Test
    void anEmptyPageIsAPage() throws Exception {
        assertThat(EventJson.decodePage(utf8("{\"data\":[],\"next_cursor\":\"0\",\"has_more\":false}")))
                .isEqualTo(new EventPage(List.of(), "0", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "5",
                "[]",
                "\"evt\"",
                "{}",
                "{\"id\":null,\"stream\":\"s\",\"sequence\":1,\"type\":\"t\",\"occurred_at\":\"1970-01-01T00:00:00Z\"}",
                "{\"id\":\"i\",\"stream\":\"s\",\"sequence\":0,\"type\":\"t\",\"occurred_at\":\"1970-01-01T00:00:00Z\"}",
                "{\"id\":\"i\",\"stream\":\"s\",\"sequence\":1.5,\"type\":\"t\",\"occurred_at\":\"1970-01-01T00:00:00Z\"}",
                "{\"id\":\"i\",\"stream\":\"s\",\"sequence\":\"1\",\"type\":\"t\",\"occurred_at\":\"1970-01-01T00:00:00Z\"}",
                "{\"id\":\"i\",\"stream\":\"s\",\"sequence\":9223372036854775808,\"type\":\"t\",\"occurred_at\":\"1970-01-01T00:00:00Z\"}",
                "{\"id\":\"i\",\"stream\":\"s\",\"sequence\":1,\"type\":\"t\",\"occurred_at\":\"yesterday\"}",
                "{\"id\":\"i\",\"stream\":\"s\",\"sequence\":1,\"type\":\"t\",\"occurred_at\":\"3000-01-01T00:00:00Z\"}",
                "{\"id\":\"i\",\"stream\":\"s\",\"sequence\":1,\"type\":\"t\",\"occurred_at\":0}",
                "{\"id\":{\"id\":\"i\",\"stream\":\"s\",\"sequence\":1,\"type\":\"t\",\"occurred_at\":\"1970-01-01T00:00:00Z\"}}",
                "{\"id\":\"i\",\"stream\":\"s\",\"sequence\":1,\"type\":\"t\",\"occurred_at\":\"1970-01-01T00:00:00Z\",\"data\":{]}}",
                "{\"id\":\"i\",\"stream\":\"s\",\"sequence\":1,\"type\":\"t\",\"occurred_at\":\"1970-01-01T00:00:00Z\"",
            })
    void whatIsNoEventIsRefused(String json) {
        assertThatThrownBy(() -> EventJson.decode(utf8(json))).isInstanceOf(MalformedEventException.class);
        refusedInAPage(json);
    }

    /** Wherever it is: a page must not silently lose what it holds. */
    private static void refusedInAPage(String json) {
        Event good = event("{}");
        if (!json.isBlank()) {
            assertThatThrownBy(() -> EventJson.decodePage(utf8(page(json, ""))))
                    .isInstanceOf(MalformedEventException.class);
            assertThatThrownBy(() -> EventJson.decodePage(utf8(
                            "{\"next_cursor\":\"9\",\"has_more\":true,\"data\":[" + json(good) + "," + json + "]}")))
                    .isInstanceOf(MalformedEventException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"data\":[]}",
                "{\"data\":{},\"next_cursor\":\"9\"}",
                "{\"data\":null,\"next_cursor\":\"9\"}",
                "{\"data\":[],\"next_cursor\":null}",
                "{\"data\":[],\"next_cursor\":{\"a\":\"b\"}}",
                "{\"data\":[],\"next_cursor\":\"9\",\"has_more\":\"yes\"}",
                "{\"next_cursor\":\"9\",\"data\":[5]}",
                "{\"next_cursor\":\"9\",\"data\":[[]]}",
                "{\"next_cursor\":\"9\",\"data\":[",
                "{\"next_cursor\":\"9\",\"data\":[]",
                "{\"next_cursor\":\"9\"}",
                "{\"next_cursor\":\"9\",\"data\":[]} {}",
            })
    void whatIsNoPageIsRefused(String json) {
        assertThatThrownBy(() -> EventJson.decodePage(utf8(json))).isInstanceOf(MalformedEventException.class);
    }

    @Test
    void moreAfterTheEventIsRefused() {
        assertThatThrownBy(() -> EventJson.decode(utf8(json(event("{}")) + "{}")))
                .isInstanceOf(MalformedEventException.class);
    }

    @Test
    void aRefusalSaysWhyOnOneLine() {
        assertThatThrownBy(() -> EventJson.decode(utf8("{\"id\":}")))
                .isInstanceOf(MalformedEventException.class)
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().hasLineCount(1));
    }

    @Test
    void damagedInputRaisesNothingButMalformedEvent() {
        SplittableRandom random = new SplittableRandom(6);
        byte[] single = EventJson.encode(event("{\"a\":[1.5e3,\"\u00e4\ud83d\ude80\\u00e4\",{\"b\":null}]}"));
        byte[] page = utf8(page(new String(single, StandardCharsets.UTF_8), ",\"x\":{}"));
        int refused = 0;
        for (int i = 0; i < 40_000; i++) {
            byte[] damaged = damaged(i % 2 == 0 ? single : page, random);
            ThrowingCallable reading =
                    i % 2 == 0 ? () -> EventJson.decode(damaged) : () -> EventJson.decodePage(damaged);
            try {
                reading.call();
            } catch (MalformedEventException e) {
                refused++;
            } catch (Throwable e) {
                throw new AssertionError("on " + new String(damaged, StandardCharsets.ISO_8859_1), e);
            }
        }
        assertThat(refused).isGreaterThan(20_000); // some flips within a string leave a valid event
    }

    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
