package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What is seen of a request's head matches its lines and does not depend on how its bytes arrive. */
class HeadBytesFuzzTest {
    @FuzzTest
    void seesWhatStandsInTheLines(byte[] data) {
        HeadBytes whole = new HeadBytes();
        whole.see(ByteBuffer.wrap(data), 0, data.length);
        HeadBytes oneByOne = new HeadBytes();
        for (int i = 0; i < data.length; i++) {
            oneByOne.see(ByteBuffer.wrap(data), i, i + 1);
        }

        String[] lines =
                new String(data, StandardCharsets.ISO_8859_1).replace("\r", "").split("\n", -1);
        boolean folded = false;
        for (int i = 1; i < lines.length && !(lines[i].isEmpty() && i < lines.length - 1); i++) {
            folded |= lines[i].startsWith(" ") || lines[i].startsWith("\t");
        }
        boolean strange = lines.length > 1 && !lines[0].endsWith("HTTP/1.1") && !lines[0].endsWith("HTTP/1.0");
        for (HeadBytes seen : new HeadBytes[] {whole, oneByOne}) {
            assertThat(seen.isFolded()).isEqualTo(folded);
            assertThat(seen.isOfAnotherProtocol()).isEqualTo(strange);
            seen.nextRequest();
            assertThat(seen.isFolded() || seen.isOfAnotherProtocol()).isFalse();
        }
    }
}
