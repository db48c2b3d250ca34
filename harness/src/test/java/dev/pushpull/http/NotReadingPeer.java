package dev.pushpull.http;

import static dev.pushpull.http.LoopbackServer.reply;
import static dev.pushpull.testing.Eventually.eventually;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLSocket;

/** Accepts connections, reads only what TLS needs to begin, and answers when it is told to. */
final class NotReadingPeer implements AutoCloseable {
    private final List<Socket> ready = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final String scheme;

    NotReadingPeer(String scheme) throws IOException {
        this.scheme = scheme;
        listener = scheme.equals("https")
                ? RunCertificate.ofThisRun()
                        .serverContext()
                        .getServerSocketFactory()
                        .createServerSocket()
                : new ServerSocket();
        listener.setReceiveBufferSize(4096);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread accepting = new Thread(this::accept);
        accepting.setDaemon(true);
        accepting.start();
    }

    String url() {
        return scheme + "://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                if (socket instanceof SSLSocket secured) {
                    secured.startHandshake();
                }
                ready.add(socket);
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** Over the newest connection, and over any that comes meanwhile. */
    void answerUntil(BooleanSupplier done) {
        int[] answered = {0};
        eventually("the answer is taken", () -> {
            if (ready.size() > answered[0]) {
                answered[0] = ready.size();
                try {
                    reply(ready.get(answered[0] - 1).getOutputStream(), "200 OK", "", "");
                } catch (IOException e) {
                    // the client has left it, and uses another
                }
            }
            return done.getAsBoolean();
        });
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : ready) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
