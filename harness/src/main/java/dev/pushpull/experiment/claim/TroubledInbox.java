package dev.pushpull.experiment.claim;

import dev.pushpull.store.Inbox;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntToLongFunction;

/** An inbox that does more or less than it should when it saves a message. */
abstract class TroubledInbox implements Inbox {
    private final Inbox inbox;

    private TroubledInbox(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Saves every message, but never answers every n-th, as if the receiver were killed at that moment. */
    static Inbox losingAnswers(Inbox inbox, int oneOf) {
        AtomicLong number = new AtomicLong();
        return new TroubledInbox(inbox) {
            @Override
            public CompletableFuture<Saved> save(int consumer, String deliveryId, byte[] body, long receivedNanos) {
                CompletableFuture<Saved> saved = inbox.save(consumer, deliveryId, body, receivedNanos);
                return number.incrementAndGet() % oneOf == 0 ? new CompletableFuture<>() : saved;
            }
        };
    }

    /** Takes a repeated message for a new one. */
    static Inbox forgetting(Inbox inbox) {
        AtomicLong number = new AtomicLong();
        return new TroubledInbox(inbox) {
            @Override
            public CompletableFuture<Saved> save(int consumer, String deliveryId, byte[] body, long receivedNanos) {
                String asNew = deliveryId + WebhookRig.AGAIN + number.incrementAndGet();
                return inbox.save(consumer, asNew, body, receivedNanos);
            }
        };
    }

    /** Saves at once, but lets the sender wait for the answer as long as the receiver takes. */
    static Inbox answeringLate(Inbox inbox, IntToLongFunction waitNanosOfReceiver) {
        return new TroubledInbox(inbox) {
            @Override
            public CompletableFuture<Saved> save(int consumer, String deliveryId, byte[] body, long receivedNanos) {
                CompletableFuture<Saved> saved = inbox.save(consumer, deliveryId, body, receivedNanos);
                long nanos = waitNanosOfReceiver.applyAsLong(consumer);
                return nanos == 0
                        ? saved
                        : saved.thenApplyAsync(
                                Function.identity(),
                                CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, Runnable::run));
            }
        };
    }

    /** Does the work first, one message after another, and answers when it is done: heavy work inside the request. */
    static Inbox workingFirst(Inbox inbox, long workNanos) {
        ExecutorService worker = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "heavy work");
            thread.setDaemon(true);
            return thread;
        });
        return new TroubledInbox(inbox) {
            @Override
            public CompletableFuture<Saved> save(int consumer, String deliveryId, byte[] body, long receivedNanos) {
                return CompletableFuture.supplyAsync(() -> worked(workNanos), worker)
                        .thenCompose(done -> inbox.save(consumer, deliveryId, body, receivedNanos));
            }

            @Override
            public void close() {
                worker.shutdownNow();
                super.close();
            }
        };
    }

    private static boolean worked(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.max(left, TimeUnit.MICROSECONDS.toNanos(1)));
        }
        return true;
    }

    @Override
    public Message take() throws InterruptedException {
        return inbox.take();
    }

    @Override
    public CompletableFuture<Void> processed(Message message) {
        return inbox.processed(message);
    }

    @Override
    public int unprocessed() {
        return inbox.unprocessed();
    }

    @Override
    public void close() {
        inbox.close();
    }
}
