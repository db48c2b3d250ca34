package dev.pushpull.delivery.stream;

import dev.pushpull.delivery.stream.StreamOptions.HeartbeatWhen;
import dev.pushpull.event.EventLog.Slice;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.HostClocks;
import dev.pushpull.http.WholeNumber;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Counter;
import dev.pushpull.surface.Counter.Side;
import dev.pushpull.surface.Source;
import dev.pushpull.surface.Surface.Dispatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The connections that a provider holds open, whatever they look like on the wire. */
public final class OpenStreams {
    private static final String ALL_STREAMS = "";
    private static final int MOST_DIGITS = 18;
    private static final int MOST_EVENTS_A_WRITE = 100;
    private static final long MOST_BYTES_A_WRITE = 1 << 20;

    private final Source source;
    private final Scenario scenario;
    private final Map<String, Set<OpenStream>> open = new ConcurrentHashMap<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong heartbeats = new AtomicLong();
    private volatile boolean lettingGo;

    public OpenStreams(Source source, Scenario scenario) {
        this.source = source;
        this.scenario = scenario;
    }

    /**
     * After which event a client continues; empty when what it says of the past is malformed.
     *
     * @param stream its name, or null for all streams together
     * @param lastSeen the newest event that the client has; null if it says nothing: then it begins with the next one
     */
    public OptionalLong continuesAfter(String stream, String lastSeen) {
        long head = source.log().read(stream, 0, 1).head();
        long last = lastSeen == null ? head : WholeNumber.in(lastSeen, MOST_DIGITS);
        if (last < 0 || last > head) {
            return OptionalLong.empty();
        }
        long nowEpochNanos = HostClocks.now(source.clock()).epochNanos();
        Replay replay = StreamOptions.REPLAY.in(scenario);
        return OptionalLong.of(replay.continuesAfter(source.log(), stream, last, nowEpochNanos));
    }

    /** Wakes whoever waits for an event. */
    public Dispatch place(StoredEvent event) {
        String stream = event.event().stream();
        return intendedNanos -> { // looked up only now: a stream may have begun in between
            open.getOrDefault(stream, Set.of()).forEach(OpenStream::wake);
            open.getOrDefault(ALL_STREAMS, Set.of()).forEach(OpenStream::wake);
        };
    }

    /** Ends all of them, and each new one at once. */
    public void letGo() {
        lettingGo = true;
        open.values().forEach(streams -> streams.forEach(OpenStream::wake));
    }

    /** What was written to all of them. */
    public List<Counter> counters() {
        List<Counter> counters = new ArrayList<>();
        counters.add(StreamCounters.written(StreamCounters.EVENTS, Side.SENT, "written", written.get(), scenario));
        counters.add(
                StreamCounters.written(StreamCounters.HEARTBEATS, Side.SENT, "written", heartbeats.get(), scenario));
        return counters;
    }

    /** What a client is told to wait before it returns. */
    public long reconnectNanos() {
        return StreamOptions.RECONNECT.in(scenario);
    }

    boolean lettingGo() {
        return lettingGo;
    }

    long nowNanos() {
        return source.clock().nanoTime();
    }

    /** 0 for none. */
    long heartbeatNanos() {
        return StreamOptions.HEARTBEAT.in(scenario);
    }

    boolean heartbeatsOnlyWhenIdle() {
        return StreamOptions.HEARTBEAT_WHEN.in(scenario) == HeartbeatWhen.IDLE;
    }

    /** A stream begins; from now on it is woken. */
    void begins(OpenStream stream) {
        open.computeIfAbsent(key(stream), name -> ConcurrentHashMap.newKeySet()).add(stream);
    }

    /** Whether a client is told when its connection will end. */
    boolean announcesEnds() {
        return StreamOptions.overlaps(scenario);
    }

    /** How long the next stream may live. */
    long nextLifeNanos() {
        long number = begun.getAndIncrement();
        Lives lives = new Lives(scenario, new Seeds(scenario.run().seed()), number);
        return number < scenario.events().consumers() ? lives.nextNanos() : lives.constantNanos();
    }

    void ends(OpenStream stream) {
        open.get(key(stream)).remove(stream);
    }

    private static String key(OpenStream stream) {
        return stream.name() == null ? ALL_STREAMS : stream.name();
    }

    Slice read(String stream, long after) {
        return source.log().read(stream, after, MOST_EVENTS_A_WRITE, MOST_BYTES_A_WRITE);
    }

    void wrote(int events) {
        written.addAndGet(events);
    }

    void wroteHeartbeat() {
        heartbeats.incrementAndGet();
    }
}
