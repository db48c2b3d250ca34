package dev.pushpull.experiment.claim;

import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.RetryAfter;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RequestQuota;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A consumer that polls, is down for a while, and continues from its stored cursor. */
final class OutagePoller {
    private static final int TOO_MANY = 429;

    /** It polls for seconds, so it never needs more than this. */
    private static final long MOST_RETRY_AFTER_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Setup setup;
    private final Rig rig;
    private final DeliveryLedger ledger = new DeliveryLedger(1);
    private String cursor = Rig.FIRST_CURSOR;
    private long polls;
    private long refused;
    private long notBeforeNanos;

    /**
     * @param kept how many events the provider keeps, the newest
     * @param quota polls beyond it are answered 429, and the consumer backs off
     */
    record Setup(
            double ratePerSecond,
            int kept,
            long intervalNanos,
            long beforeNanos,
            long outageNanos,
            long afterNanos,
            RequestQuota quota,
            long seed) {
        long outageEndsNanos() {
            return beforeNanos + outageNanos;
        }

        long durationNanos() {
            return outageEndsNanos() + afterNanos;
        }
    }

    /** @param recoveredSeconds from the end of the outage to the arrival of its last event */
    record Result(long events, long inOutage, long received, long polls, long refused, double recoveredSeconds) {}

    private OutagePoller(Setup setup, Rig rig) {
        this.setup = setup;
        this.rig = rig;
    }

    static Result observe(Setup setup) throws IOException, InterruptedException {
        try (Rig rig = new Rig(ClaimScenario.polled(setup.kept(), setup.quota(), setup.seed()), AttemptListener.NONE)) {
            return new OutagePoller(setup, rig).observe();
        }
    }

    private Result observe() throws IOException, InterruptedException {
        ArrivalStreams streams = Rig.oneStream(new PoissonArrivals(setup.ratePerSecond()), setup.seed());
        try (EventPeriod period = rig.begin(streams, setup.durationNanos(), ledger)) {
            boolean caughtUp = false;
            for (long at = setup.intervalNanos() / 2; // so that the outage does not begin with a poll
                    !caughtUp;
                    at += setup.intervalNanos()) {
                boolean down = at >= setup.beforeNanos() && at < setup.outageEndsNanos();
                if (!down && at >= notBeforeNanos) {
                    period.waitUntil(at);
                    boolean all = fetch(period);
                    caughtUp = all && at > setup.durationNanos() + setup.intervalNanos();
                }
            }
            period.awaitEnd(0);
            return new Result(
                    ledger.events(),
                    period.dueBetween(setup.beforeNanos(), setup.outageEndsNanos()),
                    ledger.received(),
                    polls,
                    refused,
                    period.lastOneAfter(setup.beforeNanos(), setup.outageEndsNanos()));
        }
    }

    /** @return whether it has everything, and was not told to wait */
    private boolean fetch(EventPeriod period) throws IOException {
        EventPage page;
        do {
            Exchange exchange = rig.poll(cursor);
            polls++;
            if (exchange.status() == TOO_MANY) {
                refused++;
                notBeforeNanos = period.elapsedNanos() + retryAfterNanos(exchange);
                return false;
            }
            if (!exchange.successful()) {
                throw new IOException("a poll was answered with " + exchange.status() + " " + exchange.error());
            }
            page = EventJson.decodePage(exchange.body());
            cursor = page.nextCursor();
            long nowNanos = NanoClock.SYSTEM.nanoTime();
            page.events().forEach(event -> ledger.receive(event.id(), nowNanos));
        } while (page.hasMore());
        return true;
    }

    private static long retryAfterNanos(Exchange exchange) {
        return RetryAfter.nanos(exchange.headers().get("Retry-After"), Instant.now(), MOST_RETRY_AFTER_NANOS)
                .orElse(0);
    }
}
