package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.http.ResponseReader.Response;
import dev.pushpull.testing.Refusals;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Any answer of an endpoint is a response or an error in one line, however its bytes arrive. */
class ResponseReaderFuzzTest {
    private static ResponseReader reading(byte[] data, int bytesAtOnce) {
        return new ResponseReader(new ByteArrayInputStream(data) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, bytesAtOnce));
            }
        });
    }

    @FuzzTest
    void isAResponseOrAnError(byte[] data) {
        ResponseReader whole = reading(data, data.length + 1);
        String first = next(whole);
        assertThat(next(reading(data, 1))).isEqualTo(first);
        for (int read = 0; Character.isDigit(first.charAt(0)); read++) {
            assertThat(read).isLessThanOrEqualTo(data.length);
            first = next(whole);
        }
    }

    /** The result, in words; whether the connection is kept also depends on what else has arrived by then. */
    private static String next(ResponseReader reader) {
        try {
            Response response = reader.next();
            if (response == null) {
                return "the end";
            }
            assertThat(response.status()).isBetween(200, 999);
            assertThat(response.body().length).isLessThanOrEqualTo(ResponseReader.MOST_BODY_BYTES);
            response.headers().forEach(header -> assertThat(header.toString()).doesNotContain("\r", "\n", "\0"));
            return response.status() + " " + response.headers()
                    + new String(response.body(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            Refusals.assertOneLine(e);
            return e.getMessage();
        }
    }
}
