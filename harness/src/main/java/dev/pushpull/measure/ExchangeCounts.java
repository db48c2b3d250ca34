package dev.pushpull.measure;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.scenario.Held;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Slots;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** All exchanges, by kind. Every sum runs over all kinds. Guarded by the recorder that owns it. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ExchangeCounts {
    private final Map<String, KindCounts> byKind = new LinkedHashMap<>();

    ExchangeCounts() {}

    KindCounts of(Kind kind) {
        KindCounts counts = byKind.get(kind.name());
        if (counts == null) {
            counts = new KindCounts(kind);
            byKind.put(kind.name(), counts);
        }
        return counts;
    }

    ExchangeCounts copy() {
        ExchangeCounts copy = new ExchangeCounts();
        byKind.forEach((name, counts) -> copy.byKind.put(name, counts.copy()));
        return copy;
    }

    /** The counts of two recorders. */
    ExchangeCounts plus(ExchangeCounts other) {
        ExchangeCounts sum = copy();
        other.byKind.forEach((name, counts) -> sum.byKind.merge(name, counts, KindCounts::plus));
        return sum;
    }

    private long sum(Predicate<Kind> which, ToLongFunction<KindCounts> what) {
        return byKind.values().stream()
                .filter(counts -> which.test(counts.kind))
                .mapToLong(what)
                .sum();
    }

    private static Predicate<Kind> begunBy(Begins side) {
        return kind -> kind.begins() == side;
    }

    /** Exchanges that count in the figures. */
    public long measured() {
        return sum(kind -> true, counts -> counts.measured);
    }

    /** Those of them that one side began. */
    public long measured(Begins side) {
        return sum(begunBy(side), counts -> counts.measured);
    }

    /** Those of them that might have brought nothing. */
    public long mayBeEmpty() {
        return sum(Kind::mayBeEmpty, counts -> counts.measured);
    }

    /** Those of them that did bring nothing. */
    public long empty() {
        return sum(kind -> true, counts -> counts.empty);
    }

    /**
     * All exchanges that one side began, including those before the measured time and those that only close the run.
     */
    public long all(Begins side) {
        return sum(begunBy(side), KindCounts::all);
    }

    /** Exchanges that one side began before the measured time. */
    public long setUp(Begins side) {
        return sum(begunBy(side), counts -> counts.setUp);
    }

    /** Exchanges that one side began and that only closed the run. */
    public long closing(Begins side) {
        return sum(begunBy(side), counts -> counts.closing);
    }

    /** Exchanges that only closed the run. */
    public long closing() {
        return sum(kind -> true, counts -> counts.closing);
    }

    /** Exchanges that one side began and that count in the figures, by the plural of their kind. */
    public Map<String, Long> measuredByKind(Begins side) {
        Map<String, Long> byPlural = new LinkedHashMap<>();
        for (KindCounts counts : byKind.values()) {
            if (counts.kind.begins() == side && !counts.kind.setsUp()) {
                byPlural.put(counts.kind.plural(), counts.measured);
            }
        }
        return byPlural;
    }

    /** All exchanges that one side began and that ended in this way. */
    public long ended(Begins side, Ending ending) {
        return sum(begunBy(side), counts -> counts.ended(ending));
    }

    /** All exchanges that one side began and that were cut off or timed out. */
    public long broken(Begins side) {
        return ended(side, Ending.CUT_OFF) + ended(side, Ending.TIMED_OUT);
    }

    /** Bytes sent by the broken exchanges of one side. */
    public long bytesSentByBroken(Begins side) {
        return sum(begunBy(side), counts -> counts.bytesSentByBroken);
    }

    /** Exchanges that last and count in the figures, and what passed over them. */
    public Held held() {
        return byKind.values().stream().map(KindCounts::held).reduce(Held.NONE, Held::plus);
    }

    /**
     * The slots that attempts occupied at their sender.
     *
     * @param most at once, as the sender counted
     */
    public Slots slots(long most) {
        Slots slots = byKind.values().stream().map(KindCounts::slots).reduce(Slots.NONE, Slots::plus);
        return slots.attempts() == 0 ? Slots.NONE : slots.plus(new Slots(0, 0, most, 0));
    }

    /** Bytes sent by the side that began, in all exchanges. */
    public long bytesSent() {
        return sum(kind -> true, counts -> counts.bytesSent);
    }

    /** Bytes received by the side that began, in all exchanges. */
    public long bytesReceived() {
        return sum(kind -> true, counts -> counts.bytesReceived);
    }
}
