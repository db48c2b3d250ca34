package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Middlebox.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** When the limits of what stands between end a connection, by what it has carried. */
class LimitedCourseTest {
    private static final long NEVER = Middlebox.NEVER;
    private static final Limits IDLE = new Limits(100, NEVER, NEVER);
    private static final Limits LIFETIME = new Limits(NEVER, 100, NEVER);
    private static final Limits FIRST_BYTE = new Limits(NEVER, NEVER, 100);
    private static final ByteBuffer REQUEST = bytes("GET /events HTTP/1.1\r\n\r\n");
    private static final ByteBuffer PAGE = bytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    private static final ByteBuffer STREAM = bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");

    @Test
    void bytesEitherWayPutOffTheIdleTimeout() {
        LimitedCourse course = course(IDLE);
        assertThat(course.endNanos(0)).isEqualTo(100);
        course.fromClient(REQUEST, 30);
        assertThat(course.endNanos(0)).isEqualTo(130);
        course.fromServer(PAGE, 70);
        assertThat(course.endNanos(0)).isEqualTo(170);
    }

    @Test
    void theLifetimeCountsFromTheRequestOfAnAnswerThatGoesOn() {
        LimitedCourse course = course(LIFETIME);
        assertThat(course.endNanos(0)).as("nothing is asked yet").isEqualTo(NEVER);
        course.fromClient(REQUEST, 30);
        course.fromServer(STREAM, 40);
        course.fromServer(bytes("data: {}\n\n"), 120);
        assertThat(course.endNanos(0)).isEqualTo(130);
    }

    @Test
    void itIsOverForAnAnswerThatCameWhole() {
        LimitedCourse course = course(LIFETIME);
        course.fromClient(REQUEST, 30);
        course.fromServer(PAGE, 40);
        assertThat(course.endNanos(0)).isEqualTo(NEVER);
        course.fromClient(REQUEST, 500);
        assertThat(course.endNanos(0)).as("the next request").isEqualTo(600);
    }

    @Test
    void aNotModifiedIsWholeAlthoughItHasNoLength() {
        LimitedCourse course = course(LIFETIME);
        course.fromClient(REQUEST, 30);
        course.fromServer(bytes("HTTP/1.1 304 Not Modified\r\nETag: \"7\"\r\n\r\n"), 40);
        assertThat(course.endNanos(0)).isEqualTo(NEVER);
    }

    @Test
    void theFirstByteOfAnAnswerEndsTheWaitForIt() {
        LimitedCourse course = course(FIRST_BYTE);
        course.fromClient(REQUEST, 30);
        assertThat(course.endNanos(0)).isEqualTo(130);
        course.fromServer(STREAM, 60);
        assertThat(course.endNanos(0)).isEqualTo(NEVER);
    }

    @Test
    void aFrameOfAWebSocketIsNoRequest() {
        LimitedCourse course = course(FIRST_BYTE);
        course.fromClient(REQUEST, 30);
        course.fromServer(bytes("HTTP/1.1 101 Switching Protocols\r\n\r\n"), 40);
        course.fromClient(ByteBuffer.wrap(new byte[] {(byte) 0x8a, (byte) 0x80}), 50);
        assertThat(course.endNanos(0)).isEqualTo(NEVER);
    }

    @Test
    void encryptedExchangesLastAsLongAsTheirConnection() {
        LimitedCourse course = new LimitedCourse(LIFETIME, LIFETIME, 5, true);
        course.fromClient(ByteBuffer.wrap(new byte[] {0x16, 3, 1}), 6);
        course.fromServer(ByteBuffer.wrap(new byte[] {0x16, 3, 3}), 7);
        assertThat(course.endNanos(0)).isEqualTo(105);
    }

    @Test
    void nothingCountsBeforeLimitsAreInForceAndWhatHadBegunHasLimitsOfItsOwn() {
        LimitedCourse course = new LimitedCourse(new Limits(70, 100, NEVER), new Limits(70, 20, NEVER), 0, false);
        course.fromClient(REQUEST, 30);
        course.fromServer(STREAM, 40);
        assertThat(course.endNanos(NEVER)).isEqualTo(NEVER);
        assertThat(course.endNanos(1000)).as("a part of its life is left").isEqualTo(1020);
        course.fromClient(REQUEST, 1010);
        assertThat(course.endNanos(1000)).as("idle").isEqualTo(1080);
    }

    private static LimitedCourse course(Limits limits) {
        return new LimitedCourse(limits, limits, 0, false);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
