package dev.pushpull.load;

import dev.pushpull.http.RunCertificate;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocket;

/** One connection of a peer that misbehaves: raw bytes, both ways. Used by one thread; any thread may close it. */
final class Conversation implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final long BYTE_EVERY_MILLIS = 1000;
    private static final int FLOOD_BYTES = 16 << 10;
    private static final long FLOOD_PAUSE_MILLIS = 3;
    private static final Pattern LENGTH = Pattern.compile("(?i)\ncontent-length: *(\\d{1,9})");

    private final Socket bare;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Conversation(Socket socket) throws IOException {
        this(socket, socket);
    }

    private Conversation(Socket bare, Socket socket) throws IOException {
        this.bare = bare;
        this.socket = socket;
        bare.setTcpNoDelay(true);
        bare.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /**
     * The same under TLS; the handshake is made when the first byte is read or sent.
     *
     * @param client whether this is the client's side
     * @param cut the {@code end} comes after this many of our bytes on the wire
     */
    Conversation encrypted(boolean client, long cut, CutSocket.End end) throws IOException {
        RunCertificate certificate = RunCertificate.ofThisRun();
        SSLSocket encrypted = (SSLSocket) (client ? certificate.clientContext() : certificate.serverContext())
                .getSocketFactory()
                .createSocket(new CutSocket(bare, cut, end), "localhost", bare.getPort(), false);
        encrypted.setUseClientMode(client);
        return new Conversation(bare, encrypted);
    }

    /** The same under TLS that works properly. */
    Conversation encrypted(boolean client) throws IOException {
        return encrypted(client, Long.MAX_VALUE, CutSocket.End.CLOSES);
    }

    void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void say(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends below TLS, if there is any. */
    void sayBare(byte[] bytes) throws IOException {
        bare.getOutputStream().write(bytes);
    }

    /** Sends a byte a second. */
    void trickle(byte[] bytes) throws IOException, InterruptedException {
        for (byte one : bytes) {
            say(new byte[] {one});
            Thread.sleep(BYTE_EVERY_MILLIS);
        }
    }

    /**
     * Sends the same over and over, until the other side hangs up or sends something. It pauses now and then: a flood
     * that took a whole core would slow down others on the machine and prove nothing.
     */
    void flood(String text) throws IOException, InterruptedException {
        byte[] often = text.repeat(Math.max(1, FLOOD_BYTES / text.length())).getBytes(StandardCharsets.ISO_8859_1);
        while (in.available() == 0) {
            say(often);
            Thread.sleep(FLOOD_PAUSE_MILLIS);
        }
    }

    /** Reads a whole message; returns its head, which is empty when the other side has hung up. */
    String hear() throws IOException {
        String head = head();
        Matcher length = LENGTH.matcher(head);
        in.skipNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        return head;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** The status of an answer, skipping interim ones; 0 when the other side has hung up or sends nothing. */
    int status() throws IOException {
        try {
            for (String head = hear(); !head.isEmpty(); head = hear()) {
                int status = Integer.parseInt(head.toLowerCase(Locale.ROOT).split("[ \r]")[1]);
                if (status >= 200) {
                    return status;
                }
            }
            return 0;
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    /** Reads and drops until the other side hangs up. */
    void waitForEnd() throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Neither reads nor writes. */
    void freeze() throws InterruptedException {
        Thread.sleep(PATIENCE_MILLIS);
    }

    /** Closes its sending side, and may still read. */
    void finishSaying() throws IOException {
        socket.shutdownOutput();
    }

    /** Bytes that begin with {@code bytes}, this many in total. */
    static byte[] beginning(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, Math.min(length, bytes.length));
    }

    /** Closes with a reset rather than with an end. */
    void reset() throws IOException {
        bare.setSoLinger(true, 0);
        close();
    }

    /** Closes the bare socket, without notifying TLS. */
    @Override
    public void close() {
        try {
            bare.close();
        } catch (IOException e) {
            // closed anyway
        }
    }
}
