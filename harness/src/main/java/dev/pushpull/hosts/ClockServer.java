package dev.pushpull.hosts;

import dev.pushpull.host.NanoClock;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells other hosts this one's monotonic clock: for each number that they send, when it came and when the answer went.
 * That anybody can connect also shows that the way to this host is open.
 */
public final class ClockServer implements AutoCloseable {
    private final NanoClock clock;
    private final ServerSocket listening;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    /** @throws IOException when it cannot listen there */
    public ClockServer(String bind, NanoClock clock) throws IOException {
        this.clock = clock;
        this.listening = new ServerSocket();
        listening.bind(new InetSocketAddress(InetAddress.getByName(bind), 0));
        start(this::accept);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "clock of this host");
        thread.setDaemon(true);
        thread.start();
    }

    /** The port that it has. */
    public int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                clients.add(client);
                start(() -> serve(client));
            } catch (IOException e) {
                // closed, or that client has gone
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(client.getOutputStream()));
            while (true) {
                long number = in.readLong();
                long receivedNanos = clock.nanoTime();
                out.writeLong(number);
                out.writeLong(receivedNanos);
                out.writeLong(clock.nanoTime());
                out.flush();
            }
        } catch (IOException e) {
            // the client has gone
        } finally {
            clients.remove(client);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
