package dev.pushpull.hosts;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Signs of life of a part. They also tell how its clock compares with this host's, within half of a beat's round trip,
 * and for how long it has heard nothing from its provider. Thread-safe.
 */
final class Heartbeats {
    /** A part that gives no sign of life for so long is lost. */
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** The clock is that of the best of so many beats. */
    private static final int REMEMBERED = 20;

    private final NanoClock clock;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private long heardNanos;
    private long unheardProviderNanos;

    /** A comparison of two clocks. */
    private record Reading(long offsetNanos, long roundTripNanos) {}

    Heartbeats(NanoClock clock) {
        this.clock = clock;
        this.heardNanos = clock.nanoTime();
    }

    /** Silence counts from now on. */
    synchronized void begin() {
        heardNanos = clock.nanoTime();
    }

    /** The line that asks for a sign of life. */
    String ask() {
        return ParentLink.BEAT + " " + clock.nanoTime();
    }

    /** An answer to such a line. */
    synchronized void heard(String line) {
        String[] words = line.split(" ");
        long sentNanos = Long.parseLong(words[1]);
        long thereNanos = Long.parseLong(words[2]);
        unheardProviderNanos = Long.parseLong(words[3]);
        heardNanos = clock.nanoTime();
        long roundTripNanos = heardNanos - sentNanos;
        readings.addLast(new Reading(thereNanos - sentNanos - roundTripNanos / 2, roundTripNanos));
        if (readings.size() > REMEMBERED) {
            readings.removeFirst();
        }
    }

    /** Why a part is lost, to go after its name; empty while it is not. */
    synchronized Optional<String> lost() {
        return clock.nanoTime() - heardNanos > SILENCE_NANOS
                ? Optional.of("said nothing for %d s".formatted(TimeUnit.NANOSECONDS.toSeconds(SILENCE_NANOS)))
                : Optional.empty();
    }

    /** For how long it has heard nothing of its provider; 0 where it need not. */
    synchronized long unheardProviderNanos() {
        return unheardProviderNanos;
    }

    /** What the part's clock shows when this host's shows that. */
    synchronized long thereNanos(long hereNanos) {
        return hereNanos
                + readings.stream()
                        .min((one, other) -> Long.compare(one.roundTripNanos(), other.roundTripNanos()))
                        .map(Reading::offsetNanos)
                        .orElseThrow(() -> new IllegalStateException("no sign of life yet"));
    }
}
