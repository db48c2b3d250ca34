package dev.pushpull.testing.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request or an answer, as sent over the wire.
 *
 * @param startLine its first line
 * @param headers by name in lower case
 * @param length bytes in total
 * @param firstEpochNanos when the packet with its first byte was seen
 * @param lastEpochNanos when the packet with its last byte was seen
 */
public record HttpMessage(
        String startLine,
        Map<String, String> headers,
        byte[] body,
        int length,
        long firstEpochNanos,
        long lastEpochNanos) {
    private static final String END_OF_HEAD = "\r\n\r\n";

    /** What a connection carried in one direction; nothing may be left over. */
    static List<HttpMessage> all(TcpStream stream) {
        List<HttpMessage> messages = new ArrayList<>();
        String text = new String(stream.bytes(), StandardCharsets.ISO_8859_1);
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf(END_OF_HEAD, from);
            if (end < 0) {
                throw new AssertionError("a message is not whole");
            }
            String[] lines = text.substring(from, end).split("\r\n");
            Map<String, String> headers = headers(lines);
            if (headers.containsKey("transfer-encoding")) {
                throw new AssertionError("only messages that tell their length can be read");
            }
            int body = end + END_OF_HEAD.length();
            int to = body + bodyBytes(lines[0], headers);
            if (to > text.length()) {
                throw new AssertionError("a message is not whole");
            }
            messages.add(new HttpMessage(
                    lines[0],
                    headers,
                    Arrays.copyOfRange(stream.bytes(), body, to),
                    to - from,
                    stream.epochNanosOf(from),
                    stream.epochNanosOf(to - 1)));
            from = to;
        }
        return messages;
    }

    private static int bodyBytes(String startLine, Map<String, String> headers) {
        boolean withoutBody = startLine.matches("HTTP/1\\.1 (304|204) .*");
        return withoutBody ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
    }

    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        return headers;
    }
}
