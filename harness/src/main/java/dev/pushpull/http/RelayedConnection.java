package dev.pushpull.http;

import dev.pushpull.scenario.Middlebox;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A connection of a client and the one to its server that belongs to it. For the relay's thread only. */
final class RelayedConnection {
    private final DelayRelay relay;
    private final LimitedCourse course;
    private final Side client;
    private final Side server;

    /** Its bytes vanish. */
    private boolean dead;

    private boolean ending;
    private boolean over;

    /** When the relay looks next at its limits. */
    private long lookNanos = Middlebox.NEVER;

    /** @param extraNanos what the client sends before the server's first bytes have arrived takes this much longer */
    RelayedConnection(
            DelayRelay relay, LimitedCourse course, SocketChannel client, SocketChannel server, long extraNanos) {
        this.relay = relay;
        this.course = course;
        this.client = new Side(client);
        this.server = new Side(server);
        this.client.other = this.server;
        this.server.other = this.client;
        this.client.extraNanos = extraNanos;
    }

    void open(Selector selector) throws IOException {
        client.open(selector);
        server.open(selector);
    }

    long lookNanos() {
        return lookNanos;
    }

    void lookAt(long nanos) {
        lookNanos = nanos;
    }

    /** When its limits end it, as {@link LimitedCourse#endNanos}. */
    long endNanos(long inForceNanos) {
        return dead || ending ? Middlebox.NEVER : course.endNanos(inForceNanos);
    }

    /** Ends it: what is on its way still arrives, and after it the end. */
    void end(long nanos) {
        ending = true;
        client.end(nanos);
        server.end(nanos);
    }

    /** From now on nothing that either side sends arrives, not even its end. */
    void vanish() {
        dead = true;
    }

    void close() {
        if (!over) {
            over = true;
            close(client.channel);
            close(server.channel);
            relay.over(this);
        }
    }

    static void close(SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // it is closed either way
        }
    }

    /** One end of it, and the bytes on their way from there to the other. */
    final class Side {
        private final SocketChannel channel;
        private final DelayedBytes underWay = new DelayedBytes(this::deliver);
        private SelectionKey key;
        private Side other;
        private long extraNanos;
        private boolean saidAll;

        Side(SocketChannel channel) {
            this.channel = channel;
        }

        void open(Selector selector) throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ready(SelectionKey selected) {
            if (selected.isReadable()) {
                if (dead) {
                    discard();
                } else {
                    read();
                }
            }
            if (selected.isValid() && selected.isWritable()) {
                other.deliver();
            }
        }

        private void read() {
            boolean wasIdle = underWay.isEmpty();
            long nowNanos = relay.nowNanos();
            long arrivesNanos = nowNanos + relay.legNanos() + extraNanos;
            try {
                saidAll = !underWay.readFrom(channel, relay.buffer(), arrivesNanos, bytes -> heard(bytes, nowNanos));
            } catch (IOException e) {
                saidAll = true;
                underWay.end(arrivesNanos);
            }
            if (saidAll || underWay.isFull()) {
                interest(SelectionKey.OP_READ, false);
            }
            if (wasIdle && !underWay.isEmpty()) {
                relay.due(underWay);
            }
        }

        private void heard(ByteBuffer bytes, long nanos) {
            if (this == client) {
                course.fromClient(bytes, nanos);
            } else {
                course.fromServer(bytes, nanos);
            }
            relay.heard(RelayedConnection.this);
        }

        /** Its end is not passed on. A client that has gone is told nothing, so all of it can go. */
        private void discard() {
            ByteBuffer buffer = relay.buffer();
            try {
                int count;
                while ((count = channel.read(buffer)) > 0) {
                    buffer.clear();
                }
                if (count == 0) {
                    return;
                }
            } catch (IOException e) {
                // as at its end
            }
            if (this == client) {
                close();
            } else {
                interest(SelectionKey.OP_READ, false);
            }
        }

        private void close() {
            RelayedConnection.this.close();
        }

        private void end(long nanos) {
            if (!saidAll) {
                saidAll = true;
                interest(SelectionKey.OP_READ, false);
                boolean wasIdle = underWay.isEmpty();
                underWay.end(nanos + relay.legNanos());
                if (wasIdle) {
                    relay.due(underWay);
                }
            }
        }

        /** Passes on to the other side what has been on its way for long enough. */
        private void deliver() {
            try {
                boolean stuck = underWay.writeTo(other.channel, relay.nowNanos());
                other.extraNanos = 0;
                other.interest(SelectionKey.OP_WRITE, stuck);
                if (!stuck && !underWay.isEmpty()) {
                    relay.due(underWay);
                }
                if (underWay.ended()) {
                    other.channel.shutdownOutput();
                    if (other.underWay.ended()) {
                        close();
                    }
                } else if (!saidAll && !underWay.isFull()) {
                    interest(SelectionKey.OP_READ, true);
                }
            } catch (IOException e) { // the other side is closed, so this one is too
                close();
            }
        }

        private void interest(int operation, boolean wanted) {
            if (key.isValid()) {
                key.interestOps(wanted ? key.interestOps() | operation : key.interestOps() & ~operation);
            }
        }
    }
}
