package dev.pushpull.testing.capture;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** Reads pcap files of nanosecond resolution: Ethernet frames, IPv4 and IPv6 without extensions, TCP. */
final class PcapFile {
    private static final int MAGIC_NANOSECONDS = 0xa1b23c4d;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int RECORD_HEADER_BYTES = 16;
    private static final int ETHERNET = 1;
    private static final int ETHERNET_HEADER_BYTES = 14;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;
    private static final int IPV6_HEADER_BYTES = 40;

    private PcapFile() {}

    static Capture read(Path file, Set<Integer> serverPorts) throws IOException {
        Capture capture = new Capture(serverPorts);
        try (InputStream raw = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new BufferedInputStream(raw, 1 << 20))) {
            ByteBuffer header =
                    ByteBuffer.wrap(in.readNBytes(FILE_HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
            if (header.getInt(0) != MAGIC_NANOSECONDS) {
                header.order(ByteOrder.BIG_ENDIAN);
            }
            if (header.getInt(0) != MAGIC_NANOSECONDS || header.getInt(20) != ETHERNET) {
                throw new IOException("not a capture of Ethernet frames in nanoseconds: " + file);
            }
            while (true) {
                byte[] record = in.readNBytes(RECORD_HEADER_BYTES);
                if (record.length == 0) {
                    return capture;
                }
                ByteBuffer fields = ByteBuffer.wrap(record).order(header.order());
                int length = fields.getInt(8);
                byte[] frame = in.readNBytes(length);
                if (frame.length < length || length < fields.getInt(12)) {
                    throw new EOFException("a packet is not whole: " + file);
                }
                long epochNanos = Integer.toUnsignedLong(fields.getInt(0)) * 1_000_000_000L + fields.getInt(4);
                frame(capture, epochNanos, ByteBuffer.wrap(frame));
            }
        }
    }

    private static void frame(Capture capture, long epochNanos, ByteBuffer frame) throws IOException {
        int ip = ETHERNET_HEADER_BYTES;
        int type = Short.toUnsignedInt(frame.getShort(ip - 2));
        if (type == IPV4) {
            int tcp = ip + 4 * (frame.get(ip) & 0xf);
            tcp(capture, epochNanos, frame, tcp, ip + Short.toUnsignedInt(frame.getShort(ip + 2)));
        } else if (type == IPV6) {
            int tcp = ip + IPV6_HEADER_BYTES;
            tcp(capture, epochNanos, frame, tcp, tcp + Short.toUnsignedInt(frame.getShort(ip + 4)));
        } else {
            throw new IOException("neither IPv4 nor IPv6: " + type);
        }
    }

    private static void tcp(Capture capture, long epochNanos, ByteBuffer frame, int tcp, int end) {
        int payload = tcp + 4 * (frame.get(tcp + 12) >> 4 & 0xf);
        capture.packet(
                epochNanos,
                Short.toUnsignedInt(frame.getShort(tcp)),
                Short.toUnsignedInt(frame.getShort(tcp + 2)),
                frame.getInt(tcp + 4),
                frame.get(tcp + 13),
                Arrays.copyOfRange(frame.array(), payload, end));
    }
}
