package dev.pushpull.experiment.processes;

import java.util.Optional;
import java.util.function.Supplier;

/** What a part said last of all that it had recorded: this is what remains of one that is lost. */
final class KeptReport<T> {
    private Optional<T> report = Optional.empty();
    private long askedNanos;

    /**
     * Keeps what it says, if it says anything.
     *
     * @param nowNanos a time of this host before it is asked, so that everything recorded by then is in it
     */
    void keep(long nowNanos, Supplier<Optional<T>> ask) {
        ask.get().ifPresent(said -> {
            report = Optional.of(said);
            askedNanos = nowNanos;
        });
    }

    /** Empty if it never said anything. */
    Optional<T> report() {
        return report;
    }

    /** The time of this host until which everything recorded is in the report. */
    long askedNanos() {
        return askedNanos;
    }
}
