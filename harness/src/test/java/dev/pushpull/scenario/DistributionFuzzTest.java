package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.Deflater;

/** Any histogram in a {@code run.json} is valid and of a bearable size, or is refused. */
class DistributionFuzzTest {
    private static final int COMPRESSED_V2 = 0x1c849314;

    @FuzzTest
    void isAHistogramOrIsRefused(byte[] data) {
        check(data);
    }

    /** The same for what is packed in it, which mutating the packed bytes would not reach. */
    @FuzzTest
    void isAHistogramOrIsRefusedUnpacked(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] some = new byte[8192];
        while (!deflater.finished()) {
            packed.write(some, 0, deflater.deflate(some));
        }
        deflater.end();
        check(ByteBuffer.allocate(8 + packed.size())
                .putInt(COMPRESSED_V2)
                .putInt(packed.size())
                .put(packed.toByteArray())
                .array());
    }

    private static void check(byte[] packed) {
        Distribution read;
        try {
            read = Distribution.decoded(1, Base64.getEncoder().encodeToString(packed));
        } catch (IllegalArgumentException e) {
            return;
        }
        long count = read.count();
        assertThat(count).isNotNegative();
        Distribution both = read.plus(Distribution.empty());
        assertThat(both.count()).isEqualTo(count);
        assertThat(Base64.getDecoder().decode(both.encoded())).isNotEmpty();
        assertThat(both.quantileMillis(0.5).orElse(0)).isNotNegative();
    }
}
