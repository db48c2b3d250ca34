package dev.pushpull.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One HTTP/1.1 connection, byte for byte: it can send what no well-behaved client would. */
public final class RawClient implements AutoCloseable {
    /** Long enough that only a server that never answers exceeds it. */
    private static final int READ_TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    /** An answer; header names in lower case. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    public RawClient(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** @param headers whole lines: {@code Name: value} */
    public Answer get(String target, String... headers) throws IOException {
        return request("GET", target, null, headers);
    }

    /** @param headers whole lines: {@code Name: value} */
    public Answer post(String target, String body, String... headers) throws IOException {
        return request("POST", target, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** @param body null for none */
    public Answer request(String method, String target, byte[] body, String... headers) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head(method, target, body == null ? -1 : body.length, headers));
        if (body != null) {
            request.writeBytes(body);
        }
        send(request.toByteArray());
        return answer();
    }

    /** A request's head with its blank line; no Content-Length when that is negative. */
    public static byte[] head(String method, String target, long contentLength, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (contentLength >= 0) {
            head.append("Content-Length: ").append(contentLength).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Closes its sending side, and still reads. */
    public void finishSending() throws IOException {
        socket.shutdownOutput();
    }

    /** Reads this many bytes, or fewer at the end. */
    public int read(int bytes) throws IOException {
        return in.readNBytes(bytes).length;
    }

    /** Reads to the end, at most this many bytes, and returns each as a character. */
    public String readAll(int mostBytes) throws IOException {
        return new String(in.readNBytes(mostBytes), StandardCharsets.ISO_8859_1);
    }

    /** Whether nothing more can come, because the other side has closed. Waits until that is known. */
    public boolean isEnded() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** Reads the next answer, which may be an interim one (1xx). */
    public Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        boolean hasNoBody = status < 200 || status == 204 || status == 304;
        int length = hasNoBody ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body ended after " + body.length + " of " + length + " bytes");
        }
        return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
