package dev.pushpull.scenario;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Text from another program: UTF-8, unless a byte-order mark says UTF-16, or every other of the first bytes is zero, as
 * in UTF-16 without a mark. The mark itself is removed.
 */
public final class ForeignText {
    private static final int LONGEST_MARK = 4;

    private ForeignText() {}

    public static Reader of(InputStream bytes) throws IOException {
        BufferedInputStream in = new BufferedInputStream(bytes, 1 << 16);
        in.mark(LONGEST_MARK);
        byte[] start = in.readNBytes(LONGEST_MARK);
        in.reset();
        if (begins(start, 0xef, 0xbb, 0xbf)) {
            return after(3, in, StandardCharsets.UTF_8);
        }
        if (begins(start, 0xff, 0xfe)) {
            return after(2, in, StandardCharsets.UTF_16LE);
        }
        if (begins(start, 0xfe, 0xff)) {
            return after(2, in, StandardCharsets.UTF_16BE);
        }
        if (start.length == LONGEST_MARK && start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0) {
            return after(0, in, StandardCharsets.UTF_16LE);
        }
        if (start.length == LONGEST_MARK && start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0) {
            return after(0, in, StandardCharsets.UTF_16BE);
        }
        return after(0, in, StandardCharsets.UTF_8);
    }

    private static boolean begins(byte[] start, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Reader after(int markBytes, InputStream in, Charset encoding) throws IOException {
        in.skipNBytes(markBytes);
        return new InputStreamReader(in, encoding);
    }
}
