package dev.pushpull.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Lost when the process ends; remembers only the newest delivery ids. Only the taker waits for another thread. Waking
 * the taker for every message would take a third of a busy receiver's CPU: while messages come thick and fast, it
 * checks by itself and need not be woken.
 */
final class MemoryInbox implements Inbox {
    private static final int REMEMBERED_IDS = 100_000;

    /** Messages that come faster than this are taken together. */
    private static final long NAP_MILLIS = 1;

    private static final long FREQUENT_NANOS = 1_000_000 * NAP_MILLIS;

    private static final CompletableFuture<Saved> ACCEPTED = CompletableFuture.completedFuture(Saved.ACCEPTED);
    private static final CompletableFuture<Saved> DUPLICATE = CompletableFuture.completedFuture(Saved.DUPLICATE);
    private static final CompletableFuture<Saved> FULL = CompletableFuture.completedFuture(Saved.FULL);
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final int mostWaiting;
    private final boolean handsOutRepeated;
    private final SeenIds seen = new SeenIds(REMEMBERED_IDS);
    private final Deque<Message> waiting = new ArrayDeque<>();
    private long lastId;
    private int taken;
    private long lastReceivedNanos;
    private boolean frequent;
    private int sleepers;

    MemoryInbox(int mostWaiting, boolean handsOutRepeated) {
        this.mostWaiting = mostWaiting;
        this.handsOutRepeated = handsOutRepeated;
    }

    @Override
    public synchronized CompletableFuture<Saved> save(
            int consumer, String deliveryId, byte[] body, long receivedNanos) {
        String key = consumer + "/" + deliveryId;
        if (seen.contains(key)) {
            if (handsOutRepeated && waiting.size() < mostWaiting) {
                add(Message.repetition(consumer, deliveryId, receivedNanos, body));
            }
            return DUPLICATE;
        }
        if (waiting.size() >= mostWaiting) {
            return FULL;
        }
        seen.add(key);
        add(new Message(++lastId, consumer, deliveryId, receivedNanos, body));
        return ACCEPTED;
    }

    private void add(Message message) {
        waiting.addLast(message);
        if (sleepers > 0 || waiting.size() > mostWaiting / 2) {
            notifyAll();
        }
    }

    @Override
    public synchronized Message take() throws InterruptedException {
        if (waiting.isEmpty() && frequent) {
            wait(NAP_MILLIS);
        }
        sleepers++;
        try {
            while (waiting.isEmpty()) {
                wait();
            }
        } finally {
            sleepers--;
        }
        taken++;
        Message message = waiting.removeFirst();
        frequent = message.receivedNanos() - lastReceivedNanos < FREQUENT_NANOS;
        lastReceivedNanos = message.receivedNanos();
        return message;
    }

    @Override
    public synchronized CompletableFuture<Void> processed(Message message) {
        taken--;
        return DONE;
    }

    @Override
    public synchronized int unprocessed() {
        return waiting.size() + taken;
    }

    @Override
    public void close() {
        // nothing to release
    }
}
