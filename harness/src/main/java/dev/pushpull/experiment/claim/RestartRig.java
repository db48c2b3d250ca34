package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;

import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.event.EventDraft;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.MeteredHttpServer;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** A sender that ends while its receiver refuses everything, and is started again when the receiver is well. */
final class RestartRig {
    private static final HttpString WEBHOOK_ID = new HttpString("webhook-id");
    private static final int EVENTS_BEFORE = 40;

    private RestartRig() {}

    /** @param open events that nobody had acknowledged when the sender ended */
    record Result(long events, long open, long received) {}

    /** @param outbox {@code memory} or {@code sqlite} */
    static Result played(String outbox, double ratePerSecond, long seed) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pushpull-restart");
        try {
            StoreAddress address = new StoreAddress(
                    outbox.equals("memory")
                            ? outbox
                            : folder.resolve("outbox.db").toString());
            return played(address, Math.round(SECOND / ratePerSecond), seed);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    private static Result played(StoreAddress address, long gapNanos, long seed)
            throws IOException, InterruptedException {
        AtomicBoolean well = new AtomicBoolean(true);
        Set<String> received = ConcurrentHashMap.newKeySet();
        RoleThreads threads = new RoleThreads("restarted", RoleThreads.CONSUMER);
        try (MeteredHttpServer receiver = new MeteredHttpServer("127.0.0.1", 0, threads, exchange -> {
            if (well.get()) {
                received.add(exchange.getRequestHeaders().getFirst(WEBHOOK_ID));
            } else {
                exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
            }
        })) {
            int open;
            try (ProviderServer sender = sender(address, seed)) {
                try (ProviderClient client =
                        new ProviderClient(sender.address(), NanoClock.SYSTEM, new Recorder(1), 1, 0)) {
                    client.subscribe(receiver.address().resolve("/0").toString(), "standard-webhooks", "c0");
                }
                occur(sender, 0, EVENTS_BEFORE, gapNanos);
                await(received, EVENTS_BEFORE);
                well.set(false);
                occur(sender, EVENTS_BEFORE, 2 * EVENTS_BEFORE, gapNanos);
                open = 2 * EVENTS_BEFORE - received.size();
            }
            well.set(true);
            try (ProviderServer sender = sender(address, seed)) {
                sender.books(); // it goes on by itself with what it owes
                await(received, 2 * EVENTS_BEFORE);
            }
            return new Result(2 * EVENTS_BEFORE, open, received.size());
        }
    }

    private static ProviderServer sender(StoreAddress address, long seed) throws IOException {
        List<Long> delays = new java.util.ArrayList<>(Collections.nCopies(100, 50 * MILLISECOND));
        delays.set(0, 0L);
        Scenario.Webhooks webhooks =
                new Scenario.Webhooks("standard-webhooks", new RetrySchedule(delays, 0), 16, 16, SECOND, SECOND, 1000);
        RoleThreads threads = new RoleThreads("restarted", RoleThreads.PROVIDER);
        return new ProviderServer(
                new ProviderSettings("127.0.0.1", 0, 10_000, webhooks, seed, Set.of()),
                Outbox.open(address, "restarted", threads),
                threads,
                NanoClock.SYSTEM,
                AttemptListener.NONE);
    }

    private static void occur(ProviderServer sender, int from, int to, long gapNanos) throws InterruptedException {
        for (int number = from; number < to; number++) {
            sender.append(
                    new EventDraft("evt_" + number, "c0", "payment.succeeded", 0, "{}"), NanoClock.SYSTEM.nanoTime());
            TimeUnit.NANOSECONDS.sleep(gapNanos);
        }
    }

    /** Until all have come, or none has for a second and a half. */
    private static void await(Set<String> received, int all) throws InterruptedException {
        int before = -1;
        while (received.size() < all && received.size() > before) {
            before = received.size();
            for (int look = 0; look < 150 && received.size() < all; look++) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
    }
}
