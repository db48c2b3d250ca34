package dev.pushpull.provider;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.Scenarios;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A provider with a durable outbox. Prints its address when it is ready, and exists to be killed. */
public final class SourceProcess {
    private static final int RETENTION = 100_000;
    private static final int ATTEMPTS = 200;

    private SourceProcess() {}

    /** @param arguments the database: a file, or memory */
    public static void main(String[] arguments) throws Exception {
        RoleThreads threads = new RoleThreads("killed", RoleThreads.PROVIDER);
        List<Long> delays = new ArrayList<>(
                Collections.nCopies(ATTEMPTS, Duration.ofMillis(20).toNanos()));
        delays.set(0, 0L);
        Scenario.Webhooks webhooks = Scenarios.webhooks(new RetrySchedule(delays, 0), 16, 16, Duration.ofSeconds(5))
                .withConnectTimeoutNanos(Duration.ofSeconds(5).toNanos());
        ProviderServer provider = new ProviderServer(
                new ProviderSettings("127.0.0.1", 0, RETENTION, webhooks, 1, Set.of()),
                Outbox.open(new StoreAddress(arguments[0]), "killed", threads),
                threads,
                NanoClock.SYSTEM,
                AttemptListener.NONE);
        System.out.println(provider.address());
        Thread.currentThread().join();
    }
}
