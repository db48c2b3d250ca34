package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventJson;
import dev.pushpull.event.EventPage;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.RetryAfter;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.surface.ProviderSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** A consumer that polls, is down for a while, and goes on from its stored cursor. */
final class PollRig {
    private static final int TOO_MANY = 429;

    /** A rig plays for seconds: more than that is never asked for. */
    private static final long MOST_RETRY_AFTER_NANOS = TimeUnit.DAYS.toNanos(1);

    private final Setup setup;
    private final NanoClock clock = NanoClock.SYSTEM;

    /**
     * @param kept newest events that the provider keeps
     * @param quota how often it may be asked; more is answered 429, and the consumer backs off
     */
    record Setup(
            double ratePerSecond,
            int kept,
            long intervalNanos,
            long beforeNanos,
            long outageNanos,
            long afterNanos,
            RequestQuota quota,
            long seed) {}

    /** @param recoveredSeconds from the end of the outage to the last event of it that came */
    record Result(long events, long inOutage, long received, long polls, long refused, double recoveredSeconds) {}

    private PollRig(Setup setup) {
        this.setup = setup;
    }

    static Result played(Setup setup) throws IOException, InterruptedException {
        return new PollRig(setup).played();
    }

    private Result played() throws IOException, InterruptedException {
        Scenario.Webhooks none =
                new Scenario.Webhooks("standard-webhooks", RetrySchedule.NONE, 1, 1, 1_000_000, 1_000_000, 1);
        long outageEnds = setup.beforeNanos() + setup.outageNanos();
        List<Long> offsets = new ArrayList<>();
        ArrivalTimes times = new PoissonArrivals(setup.ratePerSecond()).times(new SplittableRandom(setup.seed()));
        for (long at = times.nextNanos(); at < outageEnds + setup.afterNanos(); at = times.nextNanos()) {
            offsets.add(at);
        }
        ProviderSettings settings =
                new ProviderSettings("127.0.0.1", 0, setup.kept(), none, 1, Set.of(), setup.quota());
        try (ProviderServer provider = new ProviderServer(settings, "polled", clock, AttemptListener.NONE);
                ProviderClient client = new ProviderClient(provider.address(), clock, new Recorder(1), 1, 0)) {
            long startNanos = clock.nanoTime();
            Thread pump = new Thread(() -> pump(provider, offsets, startNanos), "rig:pump");
            pump.start();
            Set<Long> received = new HashSet<>();
            String cursor = "0";
            long polls = 0;
            long refused = 0;
            long notBeforeNanos = 0;
            boolean caughtUp = false;
            double recovered = Double.NaN;
            PreciseWaiter waiter = new PreciseWaiter(clock);
            try {
                for (long at = setup.intervalNanos() / 2; // so that the outage does not begin with a poll
                        !caughtUp;
                        at += setup.intervalNanos()) {
                    boolean down = at >= setup.beforeNanos() && at < outageEnds;
                    if (down || at < notBeforeNanos) {
                        continue; // no poll is made
                    }
                    caughtUp = at > outageEnds + setup.afterNanos() + setup.intervalNanos();
                    waiter.parkUntil(startNanos + at);
                    EventPage page;
                    do {
                        Exchange exchange = polled(client, cursor);
                        polls++;
                        if (exchange.status() == TOO_MANY) {
                            refused++;
                            notBeforeNanos = clock.nanoTime() - startNanos + retryAfterNanos(exchange);
                            caughtUp = false;
                            break;
                        }
                        page = EventJson.decodePage(exchange.body());
                        cursor = page.nextCursor();
                        for (Event event : page.events()) {
                            received.add(event.sequence());
                            long offset = offsets.get((int) event.sequence() - 1);
                            if (offset >= setup.beforeNanos() && offset < outageEnds) {
                                recovered = (clock.nanoTime() - startNanos - outageEnds) / 1e9;
                            }
                        }
                    } while (page.hasMore());
                }
            } finally {
                pump.interrupt();
                pump.join();
            }
            long inOutage = offsets.stream()
                    .filter(offset -> offset >= setup.beforeNanos() && offset < outageEnds)
                    .count();
            return new Result(offsets.size(), inOutage, received.size(), polls, refused, recovered);
        }
    }

    private static long retryAfterNanos(Exchange exchange) {
        return RetryAfter.nanos(exchange.headers().get("Retry-After"), Instant.now(), MOST_RETRY_AFTER_NANOS)
                .orElse(0);
    }

    private static Exchange polled(ProviderClient client, String cursor) throws IOException {
        HttpUrl url = client.at("events")
                .addQueryParameter("stream", "c0")
                .addQueryParameter("after", cursor)
                .build();
        Exchange exchange = client.execute(new Request.Builder().url(url).build());
        if (!exchange.successful() && exchange.status() != TOO_MANY) {
            throw new IOException("a poll was answered with " + exchange.status() + " " + exchange.error());
        }
        return exchange;
    }

    private void pump(ProviderServer provider, List<Long> offsets, long startNanos) {
        PreciseWaiter waiter = new PreciseWaiter(clock);
        for (int number = 0; number < offsets.size() && !Thread.currentThread().isInterrupted(); number++) {
            waiter.awaitUntil(startNanos + offsets.get(number));
            provider.append(new EventDraft("evt_" + number, "c0", "payment.succeeded", 0, "{}"), clock.nanoTime());
        }
    }
}
