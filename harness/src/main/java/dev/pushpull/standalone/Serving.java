package dev.pushpull.standalone;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.delivery.stream.StreamCounters;
import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventFactory;
import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.measure.Tail;
import dev.pushpull.provider.EventControl;
import dev.pushpull.provider.ProviderBooks;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.surface.Surface;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A provider that runs alone, with events until somebody stops it. */
public final class Serving implements AutoCloseable {
    private static final String OWNER = "serve";
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Scenario scenario;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final CpuMeter cpu = new CpuMeter();
    private final AtomicLong events = new AtomicLong();
    private final ProviderServer provider;
    private final long startedNanos = clock.nanoTime();
    private final AttemptsList attempts = new AttemptsList(startedNanos);
    private final ServedTail tail;
    private final Troubles troubles;
    private Thread pump;
    private Schedule schedule;
    private long scheduleBeginNanos;
    private long haltedNanos;
    private boolean stopped;
    private volatile boolean died;

    /**
     * @param keepNanos how long at most an event stays in the outbox when nobody waits for it
     * @param told receives a line about each problem, from any thread
     * @throws IOException when it cannot listen, or its outbox cannot be used
     */
    public Serving(ProviderSettings settings, Scenario scenario, long keepNanos, Consumer<String> told)
            throws IOException {
        this.scenario = scenario;
        this.troubles = new Troubles(told);
        this.tail = new ServedTail(
                attempts,
                scenario.events().streams() == Scenario.Streams.SHARED,
                HostClocks.now(clock).offsetNanos());
        RoleThreads threads = new RoleThreads(OWNER, RoleThreads.PROVIDER);
        Outbox outbox = Outbox.open(
                settings.webhooks().outbox(), new Outbox.Settings(OWNER, keepNanos, troubles::ofTheDatabase), threads);
        try {
            provider = new ProviderServer(settings, outbox, threads, clock, tail, surfacesOfAllModes(scenario));
        } catch (IOException | RuntimeException e) {
            outbox.close();
            throw e;
        }
        provider.controlledBy(new Driver());
    }

    /** A client says by its request how it wants to get events. */
    private static List<Surface.Opener> surfacesOfAllModes(Scenario scenario) {
        return DeliveryModes.all().stream()
                .flatMap(mode -> mode.live().surfaces(scenario).stream())
                .toList();
    }

    /** Where it listens. */
    public URI address() {
        return provider.address();
    }

    /**
     * Starts the events.
     *
     * @throws IllegalStateException when it was stopped
     */
    public synchronized void start() {
        if (stopped) {
            throw new IllegalStateException("events were stopped for good; no more will occur");
        }
        if (pump == null || died) {
            died = false;
            endSchedule();
            Schedule begun = new Schedule(scenario);
            long beginNanos = clock.nanoTime();
            schedule = begun;
            scheduleBeginNanos = beginNanos;
            pump = new Thread(() -> pump(begun, beginNanos), OWNER + ":" + RoleThreads.HARNESS + ":pump");
            pump.setDaemon(true);
            pump.start();
        }
    }

    /** Counts the events that were due and not reached. */
    private synchronized void endSchedule() {
        if (schedule != null) {
            long untilNanos = haltedNanos == 0 ? clock.nanoTime() : haltedNanos;
            troubles.notReached(schedule.end(untilNanos - scheduleBeginNanos));
            schedule = null;
            haltedNanos = 0;
        }
    }

    /** The thread that made events occur, and may still be counting one; null when there is none. */
    private synchronized Thread halt(boolean forGood) {
        stopped |= forGood;
        Thread halted = pump;
        if (halted != null) {
            halted.interrupt();
            pump = null;
            haltedNanos = clock.nanoTime();
        }
        return halted;
    }

    private final class Driver implements EventControl {
        @Override
        public void arm() {
            halt(false);
        }

        @Override
        public void start() {
            Serving.this.start();
        }

        @Override
        public void stop() {
            halt(true);
        }

        @Override
        public Map<String, Object> books() {
            return figures();
        }
    }

    private void pump(Schedule schedule, long beginNanos) {
        try {
            letOccur(schedule, beginNanos);
        } catch (RuntimeException | Error e) { // nobody else reports it
            died = true;
            troubles.ofThePump(e);
        }
    }

    private void letOccur(Schedule schedule, long beginNanos) {
        EventFactory factory = new EventFactory(scenario);
        PreciseWaiter waiter = new PreciseWaiter(clock);
        long epochOffsetNanos = HostClocks.now(clock).offsetNanos();
        for (int number = 0; !Thread.currentThread().isInterrupted(); number++) {
            Optional<Schedule.Next> next = schedule.next();
            if (next.isEmpty()) {
                return;
            }
            long intendedNanos = beginNanos + next.get().atNanos();
            EventDraft draft = factory.draft(number, next.get().stream(), intendedNanos + epochOffsetNanos);
            waiter.awaitUntil(intendedNanos);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            append(draft, intendedNanos);
            schedule.reached();
        }
    }

    private void append(EventDraft draft, long intendedNanos) {
        try {
            tail.occurred(provider.append(draft, intendedNanos), intendedNanos);
            events.incrementAndGet();
            troubles.occurred(clock.nanoTime() - intendedNanos);
        } catch (CompletionException e) { // after several tries
            troubles.ofAnEvent(e.getCause());
        }
    }

    /** What happens from now on to so many consumers, the first that it hears of. */
    public Tail watched(int consumers) {
        return tail.watched(consumers);
    }

    /** Events, requests both ways and acknowledged webhooks so far: what can be asked for often. */
    public Map<String, Long> counts() {
        ProviderBooks books = provider.books();
        return Map.of(
                "events",
                events.get(),
                "requests",
                books.polls() + books.sent().requests(),
                "acknowledged",
                books.acknowledged());
    }

    /** What went wrong so far, to be reported at the end; empty when nothing did. */
    public Optional<String> trouble() {
        return troubles.summary();
    }

    /** Waits until an end is requested, or a time is over. */
    public void await(Interruption interruption, long mostNanos) throws InterruptedException {
        long untilNanos = clock.nanoTime() + mostNanos;
        while (clock.nanoTime() - untilNanos < 0) {
            if (interruption.await(Math.min(LOOK_EVERY_NANOS, Math.max(1, untilNanos - clock.nanoTime())))) {
                return;
            }
        }
    }

    /** Lets no more events occur; waits at most this long for what is unfinished. */
    public void stop(long mostNanos) throws InterruptedException {
        long untilNanos = clock.nanoTime() + mostNanos;
        Thread halted = halt(true);
        if (halted != null) {
            halted.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(mostNanos)));
        }
        endSchedule();
        provider.letGo();
        while (!provider.idle() && clock.nanoTime() < untilNanos) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        provider.stop(mostNanos);
    }

    /** Everything counted so far, by column. */
    public Map<String, Object> figures() {
        ProviderBooks books = provider.books();
        Map<String, Double> cpuMillis = cpu.millisByRole();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mode", OWNER);
        figures.put("rate_per_s", scenario.events().arrivals().ratePerSecond());
        figures.put("consumers", (long) scenario.events().consumers());
        figures.put("duration_s", (clock.nanoTime() - startedNanos) / 1e9);
        figures.put("seed", scenario.run().seed());
        figures.put("events", events.get());
        figures.put("polls", books.polls());
        figures.put("events_polled", books.eventsServed());
        figures.put("attempts", books.sent().requests());
        figures.put("acknowledged", books.acknowledged());
        figures.put(
                "unacknowledged",
                books.unacknowledged().values().stream()
                        .mapToLong(Long::longValue)
                        .sum());
        figures.put("requests_received", books.served().requests());
        figures.put(
                "bytes_to_provider",
                books.served().bytesReceived() + books.sent().bytesReceived());
        figures.put(
                "bytes_to_consumer", books.served().bytesSent() + books.sent().bytesSent());
        figures.put(
                "connections_opened",
                books.served().connections() + books.sent().connections());
        figures.put("provider_cpu_ms", cpuMillis.getOrDefault(OWNER + ":" + RoleThreads.PROVIDER, 0.0));
        figures.put("resent", books.resent());
        figures.put("not_listed", attempts.notListed());
        figures.put("events_not_kept", troubles.eventsNotKept());
        figures.put("events_not_reached", troubles.eventsNotReached());
        figures.put("sender", scenario.webhooks().sender().id());
        figures.put(
                "events_streamed",
                books.counters().stream()
                        .filter(counter -> counter.account().equals(StreamCounters.EVENTS))
                        .mapToLong(Counter::value)
                        .sum());
        return figures;
    }

    /** The first attempts, up to ten thousand or so; the figure {@code not_listed} counts those after them. */
    public EvidenceTable attempts() {
        return attempts.table();
    }

    @Override
    public void close() {
        halt(true);
        provider.close();
    }
}
