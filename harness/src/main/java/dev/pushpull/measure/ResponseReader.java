package dev.pushpull.measure;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import okhttp3.Headers;

/** Reads HTTP/1.1 responses to POST requests, one after another, from a connection (RFC 9112). */
final class ResponseReader {
    private static final int MOST_HEAD_BYTES = 64 << 10;

    /** What is kept of a body; the rest is read and forgotten, so that no endpoint fills the sender's memory. */
    static final int MOST_BODY_BYTES = 64 << 10;

    private static final int SWITCHING_PROTOCOLS = 101;

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int from;
    private int to;
    private int headBytes;

    ResponseReader(InputStream in) {
        this.in = in;
    }

    /**
     * A whole response.
     *
     * @param body its beginning, up to {@link #MOST_BODY_BYTES}
     * @param keepsConnection whether another request may follow it
     */
    record Response(int status, Headers headers, byte[] body, boolean keepsConnection) {}

    /**
     * Waits for the next response and reads all of it; interim ones (1xx) are passed over.
     *
     * @return null when the connection ends before its first byte
     * @throws IOException when it ends or breaks in the middle, or what comes is no HTTP/1.1 response
     */
    Response next() throws IOException {
        if (from == to && !fill()) {
            return null;
        }
        while (true) {
            headBytes = 0;
            String statusLine = line();
            int status = status(statusLine);
            Headers headers = headers();
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
        String coding = headers.get("Transfer-Encoding");
        String length = headers.get("Content-Length");
        boolean delimited = true;
        if (status == 204 || status == 304) {
            // never with a body
        } else if (coding != null) {
            delimited = coding.toLowerCase(Locale.ROOT).endsWith("chunked");
            if (delimited) {
                chunks(body);
            } else {
                toTheEnd(body);
            }
        } else if (length != null) {
            exactly(number(length, 10), body);
        } else {
            delimited = false;
            toTheEnd(body);
        }
        String connection = headers.get("Connection");
        boolean keeps = delimited
                && from == to // more than was asked for is nothing to build on
                && statusLine.startsWith("HTTP/1.1")
                && (connection == null || !connection.equalsIgnoreCase("close"));
        return new Response(status, headers, body.toByteArray(), keeps);
    }

    private static int status(String line) throws ProtocolException {
        boolean wellFormed = line.startsWith("HTTP/1.")
                && line.length() >= 12
                && line.charAt(8) == ' '
                && (line.length() == 12 || line.charAt(12) == ' ');
        long status = wellFormed ? number(line.substring(9, 12), 10) : 0;
        if (status < 100) {
            throw new ProtocolException("no HTTP/1.1 response: " + line.substring(0, Math.min(40, line.length())));
        }
        return (int) status;
    }

    private Headers headers() throws IOException {
        Headers.Builder headers = new Headers.Builder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new ProtocolException("a header line without a name");
            }
            headers.addUnsafeNonAscii(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers.build();
    }

    private void chunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            headBytes = 0;
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

    private static long number(String text, int radix) throws ProtocolException {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0 && text.charAt(0) != '+') {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same as a negative one
        }
        throw new ProtocolException("'" + text + "' is no length");
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

    private void take(int count, ByteArrayOutputStream body) {
        body.write(buffer, from, Math.min(count, MOST_BODY_BYTES - body.size()));
        from += count;
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
            headBytes += end - from + 1;
            if (headBytes > MOST_HEAD_BYTES) {
                throw new ProtocolException("headers without end");
            }
            boolean complete = end < to;
            from = complete ? end + 1 : end;
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
