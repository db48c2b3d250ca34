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

/** One connection of a peer that misbehaves: bytes as they are, both ways. Used by one thread; any may close it. */
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
     * The same under TLS, whose handshake is made with the first byte that is read or said.
     *
     * @param client whether this is the client's side
     * @param cut after how many of our bytes on the wire the {@code end} comes
     */
    Conversation encrypted(boolean client, long cut, CutSocket.End end) throws IOException {
        RunCertificate certificate = RunCertificate.ofThisRun();
        SSLSocket encrypted = (SSLSocket) (client ? certificate.clientContext() : certificate.serverContext())
                .getSocketFactory()
                .createSocket(new CutSocket(bare, cut, end), "localhost", bare.getPort(), false);
        encrypted.setUseClientMode(client);
        return new Conversation(bare, encrypted);
    }

    /** The same under TLS that is as it should be. */
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

    /** Past TLS, where there is any. */
    void sayBare(byte[] bytes) throws IOException {
        bare.getOutputStream().write(bytes);
    }

    /** A byte a second. */
    void trickle(byte[] bytes) throws IOException, InterruptedException {
        for (byte one : bytes) {
            say(new byte[] {one});
            Thread.sleep(BYTE_EVERY_MILLIS);
        }
    }

    /**
     * The same over and over, until the other side hangs up or has something to say. It pauses now and then: a flood that took a whole core would slow down whoever shares the machine, and prove nothing.
     */
    void flood(String text) throws IOException, InterruptedException {
        byte[] often = text.repeat(Math.max(1, FLOOD_BYTES / text.length())).getBytes(StandardCharsets.ISO_8859_1);
        while (in.available() == 0) {
            say(often);
            Thread.sleep(FLOOD_PAUSE_MILLIS);
        }
    }

    /** Reads a whole message; its head, which is empty when the other side has hung up. */
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

    /** The status of an answer, interim ones passed over; 0 when the other side has hung up or says nothing. */
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

    /** Says nothing more, and may still hear. */
    void finishSaying() throws IOException {
        socket.shutdownOutput();
    }

    /** What begins like {@code bytes}, of so many of them. */
    static byte[] beginning(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, Math.min(length, bytes.length));
    }

    /** Closes with a reset rather than with an end. */
    void reset() throws IOException {
        bare.setSoLinger(true, 0);
        close();
    }

    /** Of the bare socket: TLS is not told. */
    @Override
    public void close() {
        try {
            bare.close();
        } catch (IOException e) {
            // closed all the same
        }
    }
}
