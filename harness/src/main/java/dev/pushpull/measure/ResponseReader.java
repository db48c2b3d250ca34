package dev.pushpull.measure;

import dev.pushpull.scenario.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import okhttp3.Headers;

/**
 * Reads HTTP/1.1 responses to POST requests, one after another, from a connection (RFC 9112). Lenient where the RFC tells
 * a client how to be: a folded header line is one with its first, blanks before a colon are none. Anything else that is
 * not well formed is an error, and none of the next response is looked for then.
 */
final class ResponseReader {
    private static final int MOST_HEAD_KB = 64;

    /** What is kept of a body; the rest is read and forgotten, so that no endpoint fills the sender's memory. */
    static final int MOST_BODY_BYTES = 64 << 10;

    /** What is read beyond that, for the sake of the connection, before it is given up: a new one is cheaper then. */
    static final int MOST_FORGOTTEN_BYTES = 1 << 20;

    private static final int MOST_CHARACTERS_QUOTED = 40;

    private static final int SWITCHING_PROTOCOLS = 101;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int from;
    private int to;
    private int bytesLeft;

    ResponseReader(InputStream in) {
        this.in = in;
    }

    /**
     * A response.
     *
     * @param body its beginning, up to {@link #MOST_BODY_BYTES}
     * @param keepsConnection whether another request may follow it
     */
    record Response(int status, Headers headers, byte[] body, boolean keepsConnection) {}

    /** A body that is longer than anybody wants to read, with all that delimits its parts. */
    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Waits for the first byte of the next response; false when the connection ends before it. */
    boolean comes() throws IOException {
        return from < to || fill();
    }

    /**
     * Waits for the next response and reads it; interim ones (1xx) are passed over. Of a very long body only the
     * beginning is read, and the connection is not kept.
     *
     * @return null when the connection ends before its first byte
     * @throws IOException when it ends or breaks in the middle, or what comes is no HTTP/1.1 response
     */
    Response next() throws IOException {
        if (!comes()) {
            return null;
        }
        bytesLeft = MOST_HEAD_KB << 10; // of all heads together, else interim ones could come for ever
        while (true) {
            String statusLine;
            int status;
            Headers headers;
            try {
                statusLine = line();
                status = status(statusLine);
                headers = headers();
            } catch (TooLong e) {
                throw new ProtocolException("more than " + MOST_HEAD_KB + " KB of headers");
            }
            if (status == SWITCHING_PROTOCOLS) {
                throw new ProtocolException("the endpoint switches to another protocol");
            }
            if (status >= 200) {
                return response(statusLine, status, headers);
            }
        }
    }

    private Response response(String statusLine, int status, Headers headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        List<String> codings = listed(headers, "Transfer-Encoding");
        List<String> lengths = listed(headers, "Content-Length");
        boolean delimited = true;
        bytesLeft = MOST_BODY_BYTES + MOST_FORGOTTEN_BYTES;
        try {
            if (status == 204 || status == 304) {
                // never with a body
            } else if (!codings.isEmpty() && codings.get(codings.size() - 1).equals("chunked")) {
                delimited = lengths.isEmpty(); // who says both may mean something else with what follows
                chunks(body);
            } else if (codings.isEmpty() && !lengths.isEmpty()) {
                exactly(length(lengths), body);
            } else {
                delimited = false;
                toTheEnd(body);
            }
        } catch (TooLong e) {
            delimited = false;
        }
        boolean keeps = delimited
                && from == to // more than was asked for is nothing to build on
                && statusLine.startsWith("HTTP/1.1")
                && !listed(headers, "Connection").contains("close");
        return new Response(status, headers, body.toByteArray(), keeps);
    }

    /** The elements of a list, in lower case, be it in one header field or in several. */
    private static List<String> listed(Headers headers, String name) {
        List<String> elements = new ArrayList<>();
        for (String value : headers.values(name)) {
            for (String element : value.split(",", -1)) {
                if (!element.isBlank()) {
                    elements.add(element.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return elements;
    }

    private static int status(String line) throws ProtocolException {
        boolean wellFormed = line.startsWith("HTTP/1.")
                && line.length() >= 12
                && line.charAt(8) == ' '
                && (line.length() == 12 || line.charAt(12) == ' ');
        long status = wellFormed ? number(line.substring(9, 12), 10) : 0;
        if (status < 100) {
            throw new ProtocolException("no HTTP/1.1 response: " + excerpt(line));
        }
        return (int) status;
    }

    private Headers headers() throws IOException {
        Headers.Builder headers = new Headers.Builder();
        String name = null;
        StringBuilder value = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (name != null && isBlank(line.charAt(0))) {
                value.append(' ').append(line.strip()); // RFC 9112, 5.2
                continue;
            }
            add(headers, name, value);
            int colon = line.indexOf(':');
            name = line.substring(0, Math.max(0, colon)).stripTrailing(); // RFC 9112, 5.1
            if (!isToken(name)) {
                throw new ProtocolException("malformed header: " + excerpt(line));
            }
            value.setLength(0);
            value.append(line.substring(colon + 1).strip());
        }
        add(headers, name, value);
        return headers.build();
    }

    private static void add(Headers.Builder headers, String name, StringBuilder value) {
        if (name != null) {
            headers.addUnsafeNonAscii(name, printable(value.toString()).strip());
        }
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    /** With blanks in place of control characters, which a header may not have (RFC 9110, 5.5). */
    private static String printable(String text) {
        String printable = text;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character < ' ' && character != '\t' || character == 0x7f) {
                printable = printable.replace(character, ' ');
            }
        }
        return printable;
    }

    private static String excerpt(String line) {
        return TerminalText.unbounded(printable(line.substring(0, Math.min(MOST_CHARACTERS_QUOTED, line.length()))));
    }

    /** RFC 9110, 5.6.2. */
    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c -> c >= '0' && c <= '9'
                                || c >= 'A' && c <= 'Z'
                                || c >= 'a' && c <= 'z'
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    private void chunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            String size = line();
            int extension = size.indexOf(';');
            long length = number((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
            if (length == 0) {
                while (!line().isEmpty()) {
                    continue; // trailers say nothing we need
                }
                return;
            }
            exactly(length, body);
            if (!line().isEmpty()) {
                throw new ProtocolException("a chunk longer than it says");
            }
        }
    }

    /** Said twice it must be the same (RFC 9112, 6.3). */
    private static long length(List<String> lengths) throws ProtocolException {
        if (lengths.stream().distinct().count() > 1) {
            throw new ProtocolException("several lengths: " + excerpt(lengths.get(0)) + ", " + excerpt(lengths.get(1)));
        }
        return number(lengths.get(0), 10);
    }

    private static long number(String text, int radix) throws ProtocolException {
        try {
            if (!text.isEmpty() && Character.digit(text.charAt(0), radix) >= 0) {
                return Long.parseLong(text, radix);
            }
        } catch (NumberFormatException e) {
            // the same as no digit
        }
        throw new ProtocolException("'" + excerpt(text) + "' is no length");
    }

    private void exactly(long length, ByteArrayOutputStream body) throws IOException {
        for (long left = length; left > 0; ) {
            fillOrFail();
            int count = (int) Math.min(left, to - from);
            take(count, body);
            left -= count;
        }
    }

    private void toTheEnd(ByteArrayOutputStream body) throws IOException {
        while (from < to || fill()) {
            take(to - from, body);
        }
    }

    private void take(int count, ByteArrayOutputStream body) throws TooLong {
        body.write(buffer, from, Math.min(count, MOST_BODY_BYTES - body.size()));
        from += count;
        pass(count);
    }

    private void pass(int bytes) throws TooLong {
        bytesLeft -= bytes;
        if (bytesLeft < 0) {
            throw new TooLong();
        }
    }

    /** Up to a line feed, without it and a carriage return before it. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder(40);
        while (true) {
            fillOrFail();
            int end = from;
            while (end < to && buffer[end] != '\n') {
                end++;
            }
            line.append(new String(buffer, from, end - from, StandardCharsets.ISO_8859_1));
            boolean complete = end < to;
            int next = complete ? end + 1 : end;
            pass(next - from);
            from = next;
            if (complete) {
                int length = line.length();
                line.setLength(length > 0 && line.charAt(length - 1) == '\r' ? length - 1 : length);
                return line.toString();
            }
        }
    }

    private void fillOrFail() throws IOException {
        if (from == to && !fill()) {
            throw new EOFException("the connection ended within the response");
        }
    }

    private boolean fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer, 0, buffer.length));
        return to > 0;
    }
}
