package dev.pushpull.trace;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks what gzip or zstd has packed, told by the first bytes. Others are named with the way to unpack them. */
final class Unpacked {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_MAGIC = 6;

    private Unpacked() {}

    static InputStream of(InputStream bytes) throws IOException {
        BufferedInputStream in = new BufferedInputStream(bytes, BUFFER);
        in.mark(MOST_MAGIC);
        byte[] start = in.readNBytes(MOST_MAGIC);
        in.reset();
        if (begins(start, 0x1f, 0x8b)) {
            return new GZIPInputStream(in, BUFFER);
        }
        if (begins(start, 0x28, 0xb5, 0x2f, 0xfd)
                || start.length > 3 && (start[0] & 0xf0) == 0x50 && begins(start, start[0], 0x2a, 0x4d, 0x18)) {
            return new InWords(new ZstdInputStream(in));
        }
        String tool = begins(start, 0xfd, '7', 'z', 'X', 'Z')
                ? "xz -dc"
                : begins(start, 'B', 'Z', 'h') ? "bzip2 -dc" : begins(start, 'P', 'K', 3, 4) ? "unzip -p" : "";
        if (!tool.isEmpty()) {
            throw new InvalidInputException(
                    "the file is packed in a way that is not read here; accepted: plain, .gz, .zst," + " or '" + tool
                            + " FILE | pushpull ... --trace -'");
        }
        return in;
    }

    private static boolean begins(byte[] start, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != (magic[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** The library reports broken data by an exception that is no {@link IOException}. */
    private static final class InWords extends FilterInputStream {
        InWords(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (MalformedInputException e) {
                throw new IOException("what zstd packed is broken: " + Failures.sentence(e), e);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IOException("what zstd packed is broken", e);
            }
        }
    }
}
