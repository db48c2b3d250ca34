package dev.pushpull.experiment.capacity;

import dev.pushpull.delivery.webhook.WebhookEndpoint;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventJson;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.load.CpuWindow;
import dev.pushpull.load.HeldEvents;
import dev.pushpull.load.LoadStep;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.StandardWebhooks;
import dev.pushpull.store.Inbox;
import dev.pushpull.store.StoreException;
import dev.pushpull.surface.ProviderSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The provider or the webhook receiver exactly as in any run, with events to poll or an inbox to fill. */
final class TestedServer implements AutoCloseable {
    private static final String OWNER = "capacity";
    private static final String TYPE = "payment.succeeded";
    private static final int MOST_BODY_BYTES = 16 << 20;

    /** With more than this many waiting, a receiver that cannot keep up with processing says so. */
    private static final int MOST_UNPROCESSED = 100_000;

    private static final long LONGEST_SETTLING_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final ServerProcess.Setup setup;
    private final NanoClock clock;
    private final URI address;
    private final LongSupplier requests;
    private final IntSupplier unprocessed;
    private final Runnable closing;
    /** Null on a path that holds no polls. */
    private final ProviderServer holding;

    private TestedServer(
            ServerProcess.Setup setup,
            NanoClock clock,
            URI address,
            LongSupplier requests,
            IntSupplier unprocessed,
            ProviderServer holding,
            Runnable closing) {
        this.setup = setup;
        this.clock = clock;
        this.address = address;
        this.requests = requests;
        this.unprocessed = unprocessed;
        this.holding = holding;
        this.closing = closing;
    }

    static TestedServer started(ServerProcess.Setup setup, NanoClock clock) throws IOException {
        return setup.path().polls() ? provider(setup, clock) : receiver(setup, clock);
    }

    private static TestedServer provider(ServerProcess.Setup setup, NanoClock clock) {
        Scenario.Webhooks none =
                new Scenario.Webhooks("standard-webhooks", RetrySchedule.NONE, 1, 1, 1_000_000, 1_000_000, 1);
        ProviderSettings settings = new ProviderSettings(setup.host(), 0, 1000, none, 1, Set.of());
        ProviderServer provider = new ProviderServer(settings, OWNER, clock, AttemptListener.NONE);
        boolean holds = setup.path() == CapacityPath.LONG_POLL;
        for (int number = 0; !holds && number < CapacityPath.EVENTS; number++) {
            provider.append(
                    draft(number, CapacityPath.STREAM, data("", setup.payloadBytes()), clock), clock.nanoTime());
        }
        return new TestedServer(
                setup,
                clock,
                provider.address(),
                () -> provider.books().served().requests(),
                () -> 0,
                holds ? provider : null,
                provider::close);
    }

    private static TestedServer receiver(ServerProcess.Setup setup, NanoClock clock) throws IOException {
        boolean verifies = setup.path() == CapacityPath.WEBHOOK_VERIFIED || setup.path() == CapacityPath.WEBHOOK_SAVED;
        SignatureScheme scheme = verifies ? new StandardWebhooks() : new Unverified();
        RoleThreads threads = new RoleThreads(OWNER, RoleThreads.CONSUMER);
        StoreAddress store =
                setup.path() == CapacityPath.WEBHOOK_SAVED ? new StoreAddress(setup.database()) : StoreAddress.MEMORY;
        try {
            Inbox inbox = Inbox.open(store, new Inbox.Settings(OWNER, MOST_UNPROCESSED), threads);
            WebhookEndpoint endpoint = new WebhookEndpoint(
                    new WebhookEndpoint.Settings(setup.host(), 0, scheme, setup.secret(), MOST_BODY_BYTES),
                    inbox,
                    threads,
                    message -> {});
            return new TestedServer(
                    setup,
                    clock,
                    endpoint.address(0).resolve("/"),
                    () -> endpoint.totals().requests(),
                    endpoint::unprocessed,
                    null,
                    endpoint::close);
        } catch (StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    URI address() {
        return address;
    }

    long requests() {
        return requests.getAsLong();
    }

    /** Waits until everything acknowledged is processed, so that no step pays for the one before. */
    void settle() throws InterruptedException {
        long deadline = clock.nanoTime() + LONGEST_SETTLING_NANOS;
        while (unprocessed.getAsInt() > 0 && clock.nanoTime() - deadline < 0) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    /** Measures a step and makes events occur for the polls that are held; returns the CPU it used. */
    long serve(LoadStep step) throws InterruptedException {
        Thread pump = new Thread(() -> occur(step), OWNER + ":" + RoleThreads.HARNESS + ":pump");
        pump.setDaemon(true);
        if (holding != null && step.openLoop()) {
            pump.start();
        }
        long cpuNanos = new CpuWindow(step, CpuWindow.NO_THREAD).await(clock).processNanos();
        pump.join();
        return cpuNanos;
    }

    private void occur(LoadStep step) {
        PreciseWaiter waiter = new PreciseWaiter(clock);
        for (long number = 0; number < step.total(); number++) {
            long due = step.dueNanos(number);
            waiter.awaitUntil(due);
            String data = data(HeldEvents.stamps(due, clock.nanoTime()), setup.payloadBytes());
            holding.append(draft(number, "c" + number % setup.streams(), data, clock), due);
        }
    }

    private static EventDraft draft(long number, String stream, String data, NanoClock clock) {
        return new EventDraft(
                "evt_" + number, stream, TYPE, HostClocks.now(clock).epochNanos(), data);
    }

    /** An object of this many bytes, or a few more if its fields need them. */
    static String data(String members, int payloadBytes) {
        String start = "{" + members + (members.isEmpty() ? "" : ",") + "\"filler\":\"";
        String end = "\"}";
        return start + "x".repeat(Math.max(0, payloadBytes - start.length() - end.length())) + end;
    }

    /** The body of a webhook: an event with data of this size. */
    static byte[] body(int payloadBytes) {
        return EventJson.encode(new Event("evt_0", CapacityPath.STREAM, 1, TYPE, 0, data("", payloadBytes)));
    }

    @Override
    public void close() {
        closing.run();
    }
}
