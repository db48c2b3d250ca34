package dev.pushpull.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** An endpoint that records the heads of requests byte for byte and answers with any bytes that a test wants. */
final class RawEndpoint implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Script script;

    /** A request, each byte as a character up to 255. */
    record Asked(int number, Instant at, String head, String body) {
        String line() {
            return head.lines().findFirst().orElse("");
        }

        /** All values of a header. */
        List<String> values(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }

        boolean has(String name) {
            return !values(name).isEmpty();
        }
    }

    @FunctionalInterface
    interface Script {
        void answer(Asked request, OutputStream out) throws Exception;
    }

    RawEndpoint(Script script) throws IOException {
        this("127.0.0.1", script);
    }

    RawEndpoint(String host, Script script) throws IOException {
        this.script = script;
        listener = new ServerSocket(0, 50, InetAddress.getByName(host));
        start(this::accept);
    }

    /** Answers with these in turn, and from then on with the last one. */
    static RawEndpoint inTurn(String... answers) throws IOException {
        return new RawEndpoint((request, out) ->
                out.write(bytes(answers[Math.min(request.number(), answers.length) - 1])));
    }

    /** @param headers whole lines */
    static String answer(String status, String body, String... headers) {
        StringBuilder answer = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        Stream.of(headers).forEach(line -> answer.append(line).append("\r\n"));
        return answer.append("Content-Length: " + body.length() + "\r\n\r\n" + body)
                .toString();
    }

    static String json(String body, String... headers) {
        return answer("200 OK", body, headers);
    }

    static byte[] bytes(String characters) {
        return characters.getBytes(StandardCharsets.ISO_8859_1);
    }

    String url() {
        return "http://" + authority() + "/items";
    }

    String authority() {
        return listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
    }

    int port() {
        return listener.getLocalPort();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                ByteArrayOutputStream head = new ByteArrayOutputStream();
                while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                    int value = in.read();
                    if (value < 0) {
                        return;
                    }
                    head.write(value);
                }
                String text = head.toString(StandardCharsets.ISO_8859_1);
                String body = new String(in.readNBytes(length(text)), StandardCharsets.ISO_8859_1);
                Asked request;
                synchronized (asked) {
                    request = new Asked(asked.size() + 1, Instant.now(), text, body);
                    asked.add(request);
                }
                script.answer(request, socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (Exception e) {
            // the client or the test ended it
        }
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-endpoint");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
