package dev.pushpull.provider.webhook;

import dev.pushpull.host.NanoClock;
import dev.pushpull.provider.webhook.AttemptLine.Attempt;
import dev.pushpull.schedule.BatchPlan;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.Seeds.Purpose;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** Deliveries that wait for each other, by endpoint, until a plan says that they are sent together. */
final class Batches {
    private final BatchPlan.Rule rule;
    private final Seeds seeds;
    private final NanoClock clock;
    private final AttemptLine line;
    private final Sender sender;
    private final Map<Subscription, Gathering> gatherings = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** Sends a batch. */
    @FunctionalInterface
    interface Sender {
        /** @param dueNanos when it should be sent: now, or a moment ago */
        void send(Parcel batch, long dueNanos);
    }

    /**
     * @param seed for the moments at which windows end
     * @param line keeps the time
     */
    Batches(BatchPlan.Rule rule, long seed, NanoClock clock, AttemptLine line, Sender sender) {
        this.rule = rule;
        this.seeds = new Seeds(seed);
        this.clock = clock;
        this.line = line;
        this.sender = sender;
    }

    /** The delivery waits, or is sent with those that waited, on this thread. */
    void add(Delivery delivery, long intendedNanos) {
        gatherings
                .computeIfAbsent(delivery.subscription, any -> new Gathering())
                .add(delivery, intendedNanos);
    }

    /** An attempt was answered, or was not made after all: who waits for the answer to a batch may go on. */
    void over(Attempt attempt, long atNanos) {
        Gathering gathering = gatherings.get(attempt.parcel().subscription());
        if (gathering != null && attempt.number() == 1 && attempt.parcel().gathered()) {
            gathering.answered(atNanos);
        }
    }

    /** Nothing is sent to this endpoint any more. */
    void ended(Subscription subscription) {
        gatherings.remove(subscription);
    }

    /** What waits for one endpoint. */
    private final class Gathering {
        private final Deque<Delivery> waiting = new ArrayDeque<>();
        private final BatchPlan plan = new BatchPlan(rule, phaseNanos());
        private long lastNanos = Long.MIN_VALUE;

        /** The next moment for which a timer is set. */
        private long timedNanos = BatchPlan.NEVER;

        private long phaseNanos() {
            return seeds.generator(Purpose.POLL_PHASE, numbers.getAndIncrement())
                    .nextLong(rule.waitNanos());
        }

        void add(Delivery delivery, long atNanos) {
            synchronized (this) {
                waiting.add(delivery);
                lastNanos = Math.max(lastNanos, atNanos);
                plan.added(lastNanos);
            }
            sendDue();
        }

        void answered(long atNanos) {
            synchronized (this) {
                plan.answered(atNanos);
            }
            sendDue();
        }

        private void sendDue() {
            while (true) {
                List<Delivery> batch = new ArrayList<>();
                long dueNanos;
                synchronized (this) {
                    dueNanos = plan.dueNanos();
                    if (dueNanos == BatchPlan.NEVER || dueNanos - clock.nanoTime() > 0) {
                        waitUntil(dueNanos);
                        return;
                    }
                    for (int taken = plan.sent(dueNanos); taken > 0; taken--) {
                        batch.add(waiting.remove());
                    }
                }
                sender.send(Parcel.gathered(batch), dueNanos);
            }
        }

        private void waitUntil(long dueNanos) {
            if (dueNanos >= timedNanos) {
                return;
            }
            timedNanos = dueNanos;
            try {
                line.at(dueNanos, this::timeIsUp);
            } catch (RejectedExecutionException e) {
                // stopped: what waits is not sent
            }
        }

        private void timeIsUp() {
            synchronized (this) {
                timedNanos = BatchPlan.NEVER;
            }
            sendDue();
        }
    }
}
