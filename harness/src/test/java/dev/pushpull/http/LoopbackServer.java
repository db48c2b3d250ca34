package dev.pushpull.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** A server on an ephemeral loopback port that counts every byte itself and answers as a test wants, however badly. */
final class LoopbackServer implements AutoCloseable {
    /** What to do when a whole request has arrived; closes the socket to cut the client off. */
    @FunctionalInterface
    interface Answer {
        void give(Request request, OutputStream out, Socket socket) throws Exception;
    }

    record Request(String line, int number) {}

    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final LongAdder received = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final Answer answer;

    LoopbackServer(Answer answer) throws IOException {
        this.answer = answer;
        startThread(this::accept);
    }

    static void reply(OutputStream out, String status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    String url(String path) {
        return "http://127.0.0.1:" + listener.getLocalPort() + path;
    }

    int port() {
        return listener.getLocalPort();
    }

    int connections() {
        return sockets.size();
    }

    int requests() {
        return requests.get();
    }

    long bytesReceived() {
        return received.sum();
    }

    long bytesSent() {
        return sent.sum();
    }

    private void startThread(Runnable work) {
        Thread thread = new Thread(work, "loopback-server");
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                startThread(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = counted(socket.getOutputStream());
            for (Request request = read(in); request != null; request = read(in)) {
                answer.give(request, out, socket);
            }
        } catch (Exception e) {
            // the client or the test ended it
        }
    }

    private Request read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int value = in.read();
            if (value < 0) {
                return null;
            }
            received.increment();
            head.write(value);
        }
        int length = 0;
        String text = head.toString(StandardCharsets.ISO_8859_1);
        for (String line : text.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        received.add(in.readNBytes(length).length);
        return new Request(text.lines().findFirst().orElse(""), requests.incrementAndGet());
    }

    private OutputStream counted(OutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                sent.add(length); // before the client can have seen it
                out.write(bytes, offset, length);
            }
        };
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread thread : threads) {
            thread.interrupt();
        }
    }
}
