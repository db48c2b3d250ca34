package dev.pushpull.http;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.scenario.Failures;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * A connection of a {@link DirectHttpClient}. It is run by the thread that opens it, reads from it and closes it. It is
 * busy with one request, idle, or dead.
 */
final class DirectConnection implements Runnable {
    private final DirectHttpClient client;
    private final Endpoint endpoint;
    private final DialedSocket socket;

    private final Object writing = new Object();
    private OutputStream out;

    // all guarded by this
    private PostedRequest underWay;
    private boolean reused;
    private boolean timedOut;
    private long idleSinceNanos;
    private boolean dead;

    /** The endpoint it leads to. */
    record Endpoint(boolean tls, String host, int port) {}

    DirectConnection(DirectHttpClient client, Endpoint endpoint, PostedRequest first) {
        this.client = client;
        this.endpoint = endpoint;
        this.socket = new DialedSocket(client.sockets);
        this.underWay = first;
        first.connectsUntil(System.nanoTime() + client.connectNanos);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void run() {
        try {
            connect();
            ResponseReader reader = new ResponseReader(socket.in());
            while (readsOne(reader)) {
                continue;
            }
        } catch (IOException | RuntimeException | Error e) {
            end(e);
        } finally {
            leave();
        }
    }

    private void connect() throws IOException {
        PostedRequest first = underWay();
        List<InetAddress> addresses = client.dns.lookup(endpoint.host());
        if (addresses.isEmpty()) {
            throw new UnknownHostException("no address is known of '" + endpoint.host() + "'");
        }
        long untilNanos = System.nanoTime() + client.connectNanos;
        first.connectsUntil(untilNanos);
        socket.connect(addresses, endpoint.port(), untilNanos);
        first.begin(socket.beginExchange(), System.nanoTime() + client.responseNanos);
        if (endpoint.tls()) {
            socket.secure(client.tls.get(), endpoint.host(), endpoint.port());
        }
        out = socket.out();
        write(first);
    }

    private synchronized PostedRequest underWay() {
        return underWay;
    }

    /** Sends a request over this idle connection; returns false when it is no longer idle. */
    boolean take(PostedRequest posted) {
        synchronized (this) {
            long now = System.nanoTime();
            if (dead || tooLongIdle(now)) {
                return false;
            }
            reused = true;
            posted.begin(socket.beginExchange(), now + client.responseNanos);
            underWay = posted;
        }
        write(posted);
        return true;
    }

    private boolean tooLongIdle(long nowNanos) {
        if (nowNanos - idleSinceNanos <= client.keptIdleNanos) {
            return false;
        }
        dead = true;
        socket.askToLeave();
        return true;
    }

    private void write(PostedRequest posted) {
        synchronized (writing) {
            if (underWay() != posted) {
                return; // broken off meanwhile
            }
            try {
                out.write(posted.bytes());
            } catch (IOException | RuntimeException | Error e) {
                socket.closeNow(); // the reading thread learns of it, and ends the exchange
            }
        }
    }

    /** An answer may arrive before the thread that wrote the request has counted its last bytes. */
    private void awaitWritten() {
        synchronized (writing) {
            return;
        }
    }

    /** Reads one answer; false when the connection is over. */
    private boolean readsOne(ResponseReader reader) throws IOException {
        try {
            if (!reader.comes()) {
                throw new EOFException("the connection was closed");
            }
        } catch (IOException e) {
            if (sendsAgain(e)) {
                return false;
            }
            throw e;
        }
        if (underWay() == null) {
            throw new IOException("an answer to nothing");
        }
        ResponseReader.Response response = reader.next();
        awaitWritten();
        PostedRequest answered;
        boolean kept;
        synchronized (this) {
            answered = underWay;
            underWay = null;
            idleSinceNanos = System.nanoTime();
            // a server that answers before the request is sent does not want the rest of it
            kept = response.keepsConnection() && socket.allSent() && client.keptIdleNanos > 0 && !socket.brokenOff();
            dead = !kept;
            answered.stopCounting(); // what closes the connection is not part of the exchange
        }
        if (kept) { // idle before the next request begins, so that it goes this way
            client.idles(this);
        } else {
            leave();
        }
        answered.answered(response);
        return kept;
    }

    /** Sends the request over a fresh connection if that is allowed. */
    private boolean sendsAgain(IOException cause) {
        PostedRequest again;
        synchronized (this) {
            dead = true;
            again = underWay;
            if (!reused || socket.brokenOff() || again == null || again.resent()) {
                return false;
            }
            underWay = null;
        }
        awaitWritten();
        again.beginAgain();
        leave();
        try {
            client.sendAgain(endpoint, again);
        } catch (RejectedExecutionException e) {
            again.failed(Ending.CUT_OFF, Failures.sentence(cause));
        }
        return true;
    }

    /** Has no effect when there is no unfinished request. */
    void end(Throwable cause) {
        PostedRequest unanswered;
        boolean late;
        synchronized (this) {
            dead = true;
            late = timedOut;
            unanswered = underWay;
            underWay = null;
        }
        if (unanswered == null) {
            return;
        }
        awaitWritten();
        unanswered.stopCounting();
        socket.closeNow(); // without notifying the peer: something is wrong with the connection
        if (!unanswered.begun()) {
            unanswered.failed(
                    Ending.REFUSED, late ? "no connection within the time allowed" : Failures.sentence(cause));
        } else if (late) {
            unanswered.failed(Ending.TIMED_OUT, "no response within the time allowed");
        } else {
            unanswered.failed(Ending.CUT_OFF, Failures.sentence(cause));
        }
    }

    /** Breaks it off when its answer is overdue, or closes it when it was idle for too long. */
    void look(long nowNanos) {
        synchronized (this) {
            if (underWay == null) {
                if (!dead) {
                    tooLongIdle(nowNanos);
                }
                return;
            }
            if (!underWay.overdue(nowNanos)) {
                return;
            }
            timedOut = true;
        }
        breakOff();
    }

    /** Closes it without waiting; its own thread does the rest, unless that still waits for the name. */
    void breakOff() {
        if (socket.breakOff()) {
            return;
        }
        Runnable end = () -> end(new SocketException("broken off"));
        try {
            client.threads.execute(end);
        } catch (RejectedExecutionException e) {
            end.run();
        }
    }

    private void leave() {
        client.forget(this);
        socket.takeLeave();
    }
}
