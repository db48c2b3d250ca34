package dev.pushpull.delivery.sse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.stream.StreamTaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseBlocksTest {
    private static final String STREAM = "retry: 2000\nid: 17\n\n"
            + ":\n\n"
            + "id: 18\nevent: a\ndata: {\"text\":\":\\nretry: 5\"}\n\n"
            + ": still here\n\n"
            + "id: 19\ndata: x\n\n";

    /** However the bytes are cut, the same is seen, and all of them are passed on. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void seesHeartbeatsAndTheOpeningHoweverTheBytesArrive(int piece) throws IOException {
        List<String> seen = new ArrayList<>();
        String passed =
                Okio.buffer(new SseBlocks(pieces(piece), new Seen(seen))).readUtf8();
        assertThat(passed).isEqualTo(STREAM);
        assertThat(seen).containsExactly("told 2000 17", "heartbeat", "heartbeat");
    }

    @Test
    void anAnnouncedEndIsPartOfTheOpening() throws IOException {
        List<String> seen = new ArrayList<>();
        Buffer opening = new Buffer().writeUtf8(SseWire.opening(2_000_000_000L, 17, OptionalLong.of(30_000_000_000L)));
        Okio.buffer(new SseBlocks(opening, new Seen(seen))).readUtf8();
        assertThat(seen).containsExactly("told 2000 17 ends 30000");
    }

    private static Source pieces(int size) {
        Buffer all = new Buffer().writeUtf8(STREAM);
        return new Source() {
            @Override
            public long read(Buffer sink, long byteCount) {
                return all.read(sink, Math.min(size, byteCount));
            }

            @Override
            public Timeout timeout() {
                return Timeout.NONE;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    private record Seen(List<String> seen) implements StreamTaker {
        @Override
        public void opened() {
            seen.add("opened");
        }

        @Override
        public void event(String data, long number) {
            seen.add("event");
        }

        @Override
        public void told(long reconnectMillis, long after, long endsInMillis) {
            seen.add("told " + reconnectMillis + " " + after + (endsInMillis < 0 ? "" : " ends " + endsInMillis));
        }

        @Override
        public void heartbeat() {
            seen.add("heartbeat");
        }

        @Override
        public void answered(boolean event) {
            seen.add("answered");
        }

        @Override
        public void heard() {
            // it often is
        }
    }
}
