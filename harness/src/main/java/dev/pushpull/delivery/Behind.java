package dev.pushpull.delivery;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What virtual time and closed forms do not follow of a middlebox. A reason is a clause, for after a colon. */
public final class Behind {
    private static final String FLAG = "--behind";

    private Behind() {}

    /**
     * Checks that the figures of modes can be calculated, whoever does not measure them.
     *
     * @throws InvalidInputException when those of a mode do not follow from what stands between
     */
    public static void check(List<DeliveryMode> modes, Scenario scenario) {
        for (DeliveryMode mode : modes) {
            Optional<String> left = mode.leavesOut(scenario);
            if (left.isPresent()) {
                throw new InvalidInputException("%s: '%s' is not accepted here for %s: %s; accepted: in a live compare"
                        .formatted(FLAG, scenario.wire().behind().name(), mode.name(), left.get()));
            }
        }
    }

    /** For a mode of which nothing is known. */
    static Optional<String> anything(Scenario scenario) {
        return scenario.wire().behind().stands()
                ? Optional.of("what stands between is not followed for this mode in virtual time, nor by a closed form")
                : Optional.empty();
    }

    /** For a mode each of whose consumers has one connection at a time. */
    public static Optional<String> waiting(Scenario scenario) {
        Middlebox box = scenario.wire().behind();
        int consumers = scenario.events().consumers();
        return box.holdsUp(consumers)
                ? Optional.of(
                        "only %d of %d consumers get a connection at a time, and how the others wait is not followed"
                                .formatted(box.hostConnections(), consumers))
                : Optional.empty();
    }

    /**
     * For a mode whose consumers have several.
     *
     * @param connections of all consumers, at most
     */
    public static Optional<String> waiting(Scenario scenario, int connections) {
        Middlebox box = scenario.wire().behind();
        return box.holdsUp(connections)
                ? Optional.of(
                        "only %d of up to %d connections are let through at a time, and how the others wait is not followed"
                                .formatted(box.hostConnections(), connections))
                : Optional.empty();
    }

    /** For a mode of short exchanges over kept connections, which can end between two of them. */
    public static Optional<String> shortExchanges(Scenario scenario) {
        Middlebox box = scenario.wire().behind();
        boolean ends = box.idleNanos() > 0 && box.idleNanos() < scenario.wire().clientKeepsNanos();
        if (ends && box.silent()) {
            return Optional.of(
                    "idle connections die in silence, and how long a request over one waits is not followed");
        }
        if (ends && box.jitterNanos() > 0) {
            return Optional.of("how long an idle connection lasts is random, which is not followed");
        }
        if (box.lifetimeNanos() > 0 && scenario.wire().tls()) {
            return Optional.of("encrypted connections end after a lifetime whatever they carry, which is not followed");
        }
        return waiting(scenario);
    }

    /**
     * For a mode that is silent for so long at a time.
     *
     * @param what the silence
     */
    public static Optional<String> race(Middlebox box, String what, long silentNanos, String limit, long limitNanos) {
        return limitNanos > 0 && silentNanos == limitNanos && box.jitterNanos() == 0
                ? Optional.of("%s %s is its %s, and which of the two comes first is a race"
                        .formatted(what, Quantity.readable(silentNanos), limit))
                : Optional.empty();
    }

    /** What a reader of the figures of modes should know of a middlebox. */
    public static List<String> notes(List<DeliveryMode> modes, Scenario scenario) {
        return modes.stream()
                .flatMap(mode -> notes(mode, scenario).stream().map(note -> mode.name() + ": " + note))
                .toList();
    }

    /**
     * What a reader of a mode's figures should know of a middlebox: that it changes nothing, that it only ends idle
     * connections, or that virtual time does not follow it. A sentence each, without a full stop.
     */
    private static List<String> notes(DeliveryMode mode, Scenario scenario) {
        Middlebox box = scenario.wire().behind();
        List<String> notes = new ArrayList<>();
        if (!box.stands()) {
            return notes;
        }
        mode.leavesOut(scenario)
                .ifPresent(reason ->
                        notes.add("behind %s: %s; so nothing is simulated or predicted".formatted(box.name(), reason)));
        if (!mode.traits().has(Trait.HOLDS_CONNECTIONS)) {
            boolean ends =
                    box.idleNanos() > 0 && box.idleNanos() < scenario.wire().clientKeepsNanos();
            notes.add(
                    ends
                            ? "it holds no connection open; behind %s, one that is idle for %s must be opened anew"
                                    .formatted(box.name(), Quantity.readable(box.idleNanos()))
                            : "it holds no connection open, so that %s changes nothing for it".formatted(box.name()));
        }
        return notes;
    }
}
