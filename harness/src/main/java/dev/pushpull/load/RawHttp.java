package dev.pushpull.load;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection that can send any bytes, and that is reopened when it was closed. Used by one thread. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final URI address;
    private Socket socket;
    private InputStream in;

    RawHttp(URI address) {
        this.address = address;
    }

    /** The lines before a body. */
    String head(String method, String path, String headers, long bodyBytes) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + address.getRawAuthority() + "\r\n" + headers
                + "Content-Type: application/json\r\nContent-Length: " + bodyBytes + "\r\n\r\n";
    }

    /** Sends a whole request; returns the status of its answer. */
    int post(String path, String headers, byte[] body) throws IOException {
        byte[] head = head("POST", path, headers, body.length).getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return answerTo(all);
    }

    int answerTo(String request) throws IOException {
        return answerTo(request.getBytes(StandardCharsets.UTF_8));
    }

    int answerTo(byte[] request) throws IOException {
        send(request);
        return status();
    }

    private void send(byte[] bytes) throws IOException {
        if (socket == null) {
            socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(bytes);
    }

    /** Reads a whole answer; 0 when there is none. */
    private int status() throws IOException {
        String line = line();
        if (line.isEmpty()) {
            close();
            return 0;
        }
        int status = Integer.parseInt(line.split(" ")[1]);
        long length = 0;
        boolean closes = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            }
            closes |= lower.startsWith("connection:") && lower.contains("close");
        }
        in.skipNBytes(length);
        if (closes) {
            close();
        }
        return status;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int character = in.read(); character >= 0 && character != '\n'; character = in.read()) {
            if (character != '\r') {
                line.append((char) character);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // closed anyway
            }
            socket = null;
        }
    }
}
