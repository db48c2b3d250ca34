package dev.pushpull.http;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.TerminalText;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.DefaultClassicHttpResponseFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.impl.io.IdentityInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads HTTP/1.1 responses to POST requests, one after another, from a connection (RFC 9112), with Apache's parser. It
 * is lenient where the RFC tells clients to be: a folded header line is joined, and blanks before a colon are ignored.
 * Everything else that is not well formed is an error, after which no further response is read.
 */
final class ResponseReader {
    private static final int MOST_HEAD_KB = 64;

    /** How much of a body is kept; the rest is read and dropped, so that no endpoint can fill the sender's memory. */
    static final int MOST_BODY_BYTES = 64 << 10;

    /** How much more is read to keep the connection; beyond that a new one is cheaper. */
    static final int MOST_FORGOTTEN_BYTES = 1 << 20;

    private static final int MOST_CHARACTERS_QUOTED = 40;

    private static final int SWITCHING_PROTOCOLS = 101;

    private static final int BUFFER_BYTES = 8192;

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.\\d [1-9]\\d\\d( .*)?");

    private static final Http1Config LIMITS =
            Http1Config.custom().setMaxLineLength(MOST_HEAD_KB << 10).build();

    private final Bounded in;
    private final byte[] part = new byte[BUFFER_BYTES];
    private final SessionInputBufferImpl buffer = new SessionInputBufferImpl(BUFFER_BYTES, MOST_HEAD_KB << 10);
    private final DefaultHttpResponseParser heads =
            new DefaultHttpResponseParser(LIMITS, new Lines(), DefaultClassicHttpResponseFactory.INSTANCE);

    ResponseReader(InputStream in) {
        this.in = new Bounded(in);
    }

    /**
     * A response.
     *
     * @param body its beginning, up to {@link #MOST_BODY_BYTES}
     * @param keepsConnection whether another request may follow it
     */
    record Response(int status, Headers headers, byte[] body, boolean keepsConnection) {}

    /** Head or body is longer than anyone would read, including everything that separates its parts. */
    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static final class Bounded extends InputStream {
        private final InputStream in;
        private int bytesLeft;

        /** The parser takes the end of the connection for the end of a head or of trailers. */
        private boolean endIsTooEarly;

        Bounded(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("it is read through a buffer");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (bytesLeft <= 0) {
                throw new TooLong();
            }
            int count = in.read(bytes, offset, length);
            if (count < 0 && endIsTooEarly) {
                throw new EOFException("the connection ended within the response");
            }
            bytesLeft -= Math.max(0, count);
            return count;
        }
    }

    private static final class Lines extends BasicLineParser {
        @Override
        public StatusLine parseStatusLine(CharArrayBuffer line) throws ParseException {
            String text = line.toString();
            if (!STATUS_LINE.matcher(text).matches()) {
                throw new ParseException("no HTTP/1.1 response: " + excerpt(text));
            }
            return super.parseStatusLine(line);
        }

        @Override
        public Header parseHeader(CharArrayBuffer line) throws ParseException {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).stripTrailing(); // RFC 9112, 5.1
            if (!isToken(name)) {
                throw new ParseException("malformed header: " + excerpt(line.toString()));
            }
            return new BasicHeader(
                    name, printable(line.substring(colon + 1, line.length())).strip());
        }
    }

    /** Waits for the first byte of the next response; false when the connection ends first. */
    boolean comes() throws IOException {
        in.endIsTooEarly = false;
        in.bytesLeft = MOST_HEAD_KB << 10; // for all heads together, otherwise interim ones could come for ever
        return buffer.hasBufferedData() || buffer.fillBuffer(in) > 0;
    }

    /**
     * Waits for the next response and reads it, skipping interim ones (1xx). Of a very long body it reads only the
     * beginning, and then the connection is not kept.
     *
     * @return null when the connection ends before its first byte
     * @throws IOException when it ends or breaks in the middle, or what arrives is not an HTTP/1.1 response
     */
    Response next() throws IOException {
        if (!comes()) {
            return null;
        }
        while (true) {
            ClassicHttpResponse head;
            in.endIsTooEarly = true;
            try {
                head = heads.parse(buffer, in);
            } catch (TooLong | MessageConstraintException e) {
                throw new ProtocolException("more than " + MOST_HEAD_KB + " KB of headers");
            } catch (HttpException e) {
                throw new ProtocolException(Failures.sentence(e));
            } finally {
                in.endIsTooEarly = false;
            }
            if (head.getCode() == SWITCHING_PROTOCOLS) {
                throw new ProtocolException("the endpoint switches to another protocol");
            }
            if (head.getCode() >= 200) {
                return response(head);
            }
        }
    }

    private Response response(ClassicHttpResponse head) throws IOException {
        Headers.Builder builder = new Headers.Builder();
        for (Header header : head.getHeaders()) {
            builder.addUnsafeNonAscii(header.getName(), header.getValue());
        }
        Headers headers = builder.build();
        List<String> codings = listed(headers, "Transfer-Encoding");
        List<String> lengths = listed(headers, "Content-Length");
        int status = head.getCode();
        boolean delimited = true;
        byte[] body = new byte[0];
        if (status != 204 && status != 304) { // which never have one
            InputStream from;
            if (!codings.isEmpty() && codings.get(codings.size() - 1).equals("chunked")) {
                delimited = lengths.isEmpty(); // a sender of both may mean something else by what follows
                from = new ChunkedInputStream(buffer, in, LIMITS);
                in.endIsTooEarly = true;
            } else if (codings.isEmpty() && !lengths.isEmpty()) {
                from = new ContentLengthInputStream(buffer, in, length(lengths));
            } else {
                delimited = false;
                from = new IdentityInputStream(buffer, in);
            }
            ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
            delimited &= readsAll(from, kept);
            body = kept.toByteArray();
        }
        boolean keeps = delimited
                && !buffer.hasBufferedData() // more than was asked for: do not rely on it
                && head.getVersion().greaterEquals(HttpVersion.HTTP_1_1)
                && !listed(headers, "Connection").contains("close");
        return new Response(status, headers, body, keeps);
    }

    /** False when there is more than anyone would read. */
    private boolean readsAll(InputStream from, ByteArrayOutputStream kept) throws IOException {
        in.bytesLeft = MOST_BODY_BYTES + MOST_FORGOTTEN_BYTES - buffer.length();
        try {
            for (int count = from.read(part); count >= 0; count = from.read(part)) {
                kept.write(part, 0, Math.min(count, MOST_BODY_BYTES - kept.size()));
            }
            return true;
        } catch (TooLong | MessageConstraintException e) {
            return false;
        } catch (MalformedChunkCodingException e) { // contains what arrived
            throw new ProtocolException(Failures.sentence(e));
        }
    }

    /** The elements of a list, in lower case, in one header field or several. */
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

    /** Replaces control characters, which a header may not have (RFC 9110, 5.5), with blanks. */
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

    /** If given twice, both must be equal (RFC 9112, 6.3). */
    private static long length(List<String> lengths) throws ProtocolException {
        if (lengths.stream().distinct().count() > 1) {
            throw new ProtocolException("several lengths: " + excerpt(String.join(", ", lengths.subList(0, 2))));
        }
        return number(lengths.get(0), 10);
    }

    private static long number(String text, int radix) throws ProtocolException {
        try {
            if (!text.isEmpty() && Character.digit(text.charAt(0), radix) >= 0) {
                return Long.parseLong(text, radix);
            }
        } catch (NumberFormatException e) {
            // counts as no digit
        }
        throw new ProtocolException("'" + excerpt(text) + "' is no length");
    }
}
