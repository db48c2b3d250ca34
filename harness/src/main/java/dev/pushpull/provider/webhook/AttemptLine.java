package dev.pushpull.provider.webhook;

import dev.pushpull.host.InFlightGate;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.InFlightLimit.Start;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Attempts that will be made: a timer holds them until they are due, and then a queue holds them while the limits are
 * reached.
 */
final class AttemptLine implements AutoCloseable {
    private final NanoClock clock;
    private final Maker maker;
    private final InFlightGate<String, Attempt> gate;
    private final ScheduledThreadPoolExecutor timer;

    /** @param dueNanos when it should have started */
    record Attempt(Parcel parcel, int number, long dueNanos) {}

    /** Makes an attempt. */
    @FunctionalInterface
    interface Maker {
        /**
         * Starts the attempt; throws nothing.
         *
         * @param over run it once when the attempt is over, if one was started: its place is then free
         * @return whether one was started
         */
        boolean begin(Attempt attempt, Runnable over);
    }

    AttemptLine(Scenario.Webhooks webhooks, RoleThreads threads, NanoClock clock, Maker maker) {
        this.clock = clock;
        this.maker = maker;
        this.gate = new InFlightGate<>(webhooks.maxInFlightPerEndpoint(), webhooks.maxInFlight());
        this.timer = new ScheduledThreadPoolExecutor(1, threads);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRemoveOnCancelPolicy(true); // not held until its time once given up
    }

    /** The attempt starts when it is due; if this queue is stopped first, it waits for ever. */
    void add(Attempt attempt) {
        try {
            Future<?> start = at(attempt.dueNanos(), () -> start(attempt));
            if (attempt.parcel().deliveries().size() == 1) { // others may still want it when one is given up
                attempt.parcel().deliveries().get(0).startsBy(start);
            }
        } catch (RejectedExecutionException e) {
            // the delivery stays open
        }
    }

    /**
     * Runs something when it is due.
     *
     * @throws RejectedExecutionException when this line was stopped
     */
    Future<?> at(long dueNanos, Runnable what) {
        return timer.schedule(what, Math.max(0, dueNanos - clock.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** The attempt starts now, on this thread, unless it must queue. */
    void start(Attempt attempt) {
        startFrom(gate.offer(attempt.parcel().subscription().url(), attempt));
    }

    /** Starts an attempt, or if it comes to nothing, the next one that may start; null when none may. */
    private void startFrom(Start<String, Attempt> first) {
        for (Start<String, Attempt> start = first; start != null; ) {
            Start<String, Attempt> begun = start;
            start = maker.begin(begun.item(), () -> startFrom(gate.nextAfter(begun))) ? null : gate.nextAfter(begun);
        }
    }

    /** Drops attempts that were given up while they waited here. */
    void withdraw(List<Delivery> givenUp) {
        Set<String> urls = new HashSet<>();
        for (Delivery delivery : givenUp) {
            delivery.startsNoMore();
            urls.add(delivery.subscription.url());
        }
        urls.forEach(url -> gate.withdraw(url, attempt -> attempt.parcel().isOver()));
    }

    /** Whether none is under way or queued; the timer may hold some. */
    boolean idle() {
        return gate.underWay() == 0 && gate.waiting() == 0;
    }

    /** Starts no more attempts and waits at most this long for those under way; true when all of them ended. */
    boolean stop(long mostNanos) throws InterruptedException {
        timer.shutdownNow();
        return gate.stop(mostNanos);
    }

    /** How many had to queue because of the limits. */
    long heldBack() {
        return gate.held();
    }

    /** The longest that the queue ever was. */
    int mostWaiting() {
        return gate.mostWaiting();
    }

    /** The most that were ever under way at once. */
    int mostInFlight() {
        return gate.mostUnderWay();
    }

    /** How many the timer holds. */
    int timed() {
        return timer.getQueue().size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        gate.close();
    }
}
