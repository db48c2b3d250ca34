package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.xnio.conduits.StreamSinkConduit;

class ServedConnectionTest {
    @Test
    void whatTheSocketDoesNotTakeOfHeadAndBodyStaysInThem() throws IOException {
        String all = "skipped HEAD BODY skipped";
        for (int most = 0; most <= 9; most++) {
            StringBuilder taken = new StringBuilder();
            ByteBuffer[] sources = {part(all, 0, 8), part(all, 8, 13), part(all, 13, 17), part(all, 17, 25)};
            int count = ServedConnection.writeAsOne(takes(most, taken), sources, 1, 2);

            assertThat(count).isEqualTo(most);
            assertThat(taken).hasToString("HEAD BODY".substring(0, most));
            assertThat(rest(sources[1]) + rest(sources[2])).isEqualTo("HEAD BODY".substring(most));
            assertThat(rest(sources[0]) + rest(sources[3])).isEqualTo("skipped  skipped");
        }
    }

    private static ByteBuffer part(String all, int from, int to) {
        return ByteBuffer.wrap(all.getBytes(StandardCharsets.US_ASCII), from, to - from);
    }

    private static String rest(ByteBuffer buffer) {
        return StandardCharsets.US_ASCII.decode(buffer.duplicate()).toString();
    }

    /** A socket that takes this many bytes at most. */
    private static StreamSinkConduit takes(int most, StringBuilder taken) {
        return (StreamSinkConduit) Proxy.newProxyInstance(
                ServedConnectionTest.class.getClassLoader(),
                new Class<?>[] {StreamSinkConduit.class},
                (proxy, method, arguments) -> {
                    ByteBuffer source = (ByteBuffer) arguments[0];
                    int count = Math.min(most, source.remaining());
                    taken.append(rest(source), 0, count);
                    source.position(source.position() + count);
                    return count;
                });
    }
}
