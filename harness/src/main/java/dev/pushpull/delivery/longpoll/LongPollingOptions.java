package dev.pushpull.delivery.longpoll;

import dev.pushpull.delivery.Behind;
import dev.pushpull.delivery.Choice;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.LongPollSchedule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The flags of long polling. */
final class LongPollingOptions {
    /** Providers cut longer waits short, as vendors do. */
    private static final long MOST_NANOS = 60_000_000_000L;

    static final ModeOption<Long> WAIT = new ModeOption<>(
            "--wait",
            "DURATION",
            "Longest time the provider holds a request, in whole seconds up to 60s (default: 30s).",
            LongPollingOptions::wholeSeconds,
            scenario -> 30_000_000_000L);

    static final List<ModeOption<?>> ALL = List.of(WAIT);

    static final List<Choice> CHOICES = List.of(Choice.durationOf(
            WAIT,
            Stream.of(1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 60)
                    .mapToLong(seconds -> seconds * 1_000_000_000L)
                    .toArray()));

    private LongPollingOptions() {}

    /** {@code Prefer: wait} knows whole seconds only (RFC 7240). */
    private static Long wholeSeconds(String flag, String text) {
        long nanos = Quantity.durationNanos(flag, text);
        if (nanos % 1_000_000_000L != 0 || nanos > MOST_NANOS) {
            throw Quantity.wrong(flag, text, "whole seconds from 1s to 60s");
        }
        return nanos;
    }

    /** What virtual time and closed form do not follow of what stands between. */
    static Optional<String> leavesOut(Scenario scenario) {
        Middlebox box = scenario.wire().behind();
        long waitNanos = WAIT.in(scenario);
        if (box.silent() && box.holdsNanos() <= waitNanos) {
            return Optional.of("requests die in silence, and when a consumer gives one up is not followed");
        }
        if (box.jitterNanos() > 0 && box.holdsNanos() <= waitNanos) {
            return Optional.of("how long a request is let wait is random, which is not followed");
        }
        if (box.lifetimeNanos() > 0 && scenario.wire().tls()) {
            return Optional.of("encrypted connections end after a lifetime whatever they carry, which is not followed");
        }
        return Behind.race(box, "a wait of", waitNanos, "limit", box.holdsNanos())
                .or(() -> Behind.waiting(scenario));
    }

    /** Whether requests are cut off before their time; they are never answered empty then. */
    static boolean areCutOff(Scenario scenario) {
        return scenario.wire().behind().holdsNanos() < WAIT.in(scenario);
    }

    /** How long the provider can hold a request: until it answers, or until something between ends it. */
    static long heldNanos(Scenario scenario) {
        return areCutOff(scenario)
                ? scenario.wire().behind().holdsNanos() - scenario.wire().legNanos()
                : waitSeconds(scenario) * 1_000_000_000L;
    }

    /** The pause after a request that was cut off long before its time, as {@link LongPollSchedule} has it. */
    static long pauseNanos(Scenario scenario) {
        boolean early = 2 * scenario.wire().behind().holdsNanos() < WAIT.in(scenario);
        return early ? scenario.polling().intervalNanos() : 0;
    }

    /** After a request was cut off, how much longer than after an answer until the next: a new connection, and a pause. */
    static long longerAfterCutOffNanos(Scenario scenario) {
        return scenario.wire().setUpNanos() + pauseNanos(scenario);
    }

    /** H, in seconds. */
    static long waitSeconds(Scenario scenario) {
        return WAIT.in(scenario) / 1_000_000_000L;
    }
}
