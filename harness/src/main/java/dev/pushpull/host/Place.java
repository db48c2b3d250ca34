package dev.pushpull.host;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a part of a run is responsible for, and where others reach it.
 *
 * @param from the number of its first consumer
 * @param to the number after that of its last one
 * @param bind the address at which it listens
 * @param advertised the name or address at which others reach it; {@code localhost} within one host
 * @param provider the provider's clock, where that is not this host's own
 */
public record Place(int from, int to, String bind, String advertised, Optional<FarClock> provider) {
    private static final String LOOPBACK = "127.0.0.1";

    /** All consumers, on the loopback of one host. */
    public static final Place WHOLE = new Place(0, Integer.MAX_VALUE, LOOPBACK, "localhost", Optional.empty());

    /** The numbers of its consumers, of a run with this many. */
    public IntStream numbers(int consumers) {
        return IntStream.range(Math.min(from, consumers), Math.min(to, consumers));
    }

    /** How many consumers it has, of a run with this many. */
    public int count(int consumers) {
        return Math.min(to, consumers) - Math.min(from, consumers);
    }

    /** Whether a consumer is one of its own. */
    public boolean has(int consumer) {
        return from <= consumer && consumer < to;
    }
}
