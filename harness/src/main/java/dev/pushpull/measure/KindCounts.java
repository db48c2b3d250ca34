package dev.pushpull.measure;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Held;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Slots;
import java.util.EnumMap;
import java.util.Map;

/**
 * The exchanges of one kind: how many there were, how they ended, and their bytes. Guarded by the recorder that owns
 * it.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class KindCounts {
    final Kind kind;
    private final Map<Ending, Long> endings = new EnumMap<>(Ending.class);
    long measured;
    long empty;
    long setUp;
    long closing;
    long bytesSent;
    long bytesReceived;
    long bytesSentByBroken;
    long again;
    long frames;
    long heldNanos;
    long occupiedNanos;
    long waitedNanos;

    @JsonCreator
    KindCounts(@JsonProperty("kind") Kind kind) {
        this.kind = kind;
    }

    /** An exchange is over. Its bytes are counted separately, when they pass. */
    void ended(Exchange exchange) {
        endings.merge(exchange.ending(), 1L, Long::sum);
        if (exchange.ending() == Ending.CUT_OFF || exchange.ending() == Ending.TIMED_OUT) {
            bytesSentByBroken += exchange.bytesSent();
        }
    }

    long ended(Ending ending) {
        return endings.getOrDefault(ending, 0L);
    }

    long all() {
        return measured + setUp + closing;
    }

    KindCounts plus(KindCounts other) {
        KindCounts sum = new KindCounts(kind);
        sum.add(this);
        sum.add(other);
        return sum;
    }

    private void add(KindCounts other) {
        other.endings.forEach((ending, count) -> endings.merge(ending, count, Long::sum));
        measured += other.measured;
        empty += other.empty;
        setUp += other.setUp;
        closing += other.closing;
        bytesSent += other.bytesSent;
        bytesReceived += other.bytesReceived;
        bytesSentByBroken += other.bytesSentByBroken;
        again += other.again;
        frames += other.frames;
        heldNanos += other.heldNanos;
        occupiedNanos += other.occupiedNanos;
        waitedNanos += other.waitedNanos;
    }

    /** Those that last, and what passed over them. */
    Held held() {
        return kind.lasts() ? new Held(measured, again, frames, heldNanos / 1e9) : Held.NONE;
    }

    /** A sender's attempts, each of which occupied a slot. */
    Slots slots() {
        return kind.begins() == Begins.PROVIDER && !kind.lasts()
                ? new Slots(measured, occupiedNanos / 1e9, 0, waitedNanos / 1e9)
                : Slots.NONE;
    }

    KindCounts copy() {
        return plus(new KindCounts(kind));
    }
}
