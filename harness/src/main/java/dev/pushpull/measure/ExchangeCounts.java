package dev.pushpull.measure;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.ModeTraits.Begins;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** All exchanges, by kind. Every sum runs over the kinds that there are. Guarded by the recorder that owns it. */
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

    /** What both counted. */
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

    /** Of these, those that one side began. */
    public long measured(Begins side) {
        return sum(begunBy(side), counts -> counts.measured);
    }

    /** Of these, those that might have brought nothing. */
    public long mayBeEmpty() {
        return sum(Kind::mayBeEmpty, counts -> counts.measured);
    }

    /** Of these, those that did bring nothing. */
    public long empty() {
        return sum(kind -> true, counts -> counts.empty);
    }

    /** All that one side began, those before the measured time and those that only close the run included. */
    public long all(Begins side) {
        return sum(begunBy(side), KindCounts::all);
    }

    /** Those that one side began before the measured time. */
    public long setUp(Begins side) {
        return sum(begunBy(side), counts -> counts.setUp);
    }

    /** Those that one side began and that only closed the run. */
    public long closing(Begins side) {
        return sum(begunBy(side), counts -> counts.closing);
    }

    /** Those that only closed the run. */
    public long closing() {
        return sum(kind -> true, counts -> counts.closing);
    }

    /** Those that one side began and that count in the figures, by the plural of their kind. */
    public Map<String, Long> measuredByKind(Begins side) {
        Map<String, Long> byPlural = new LinkedHashMap<>();
        for (KindCounts counts : byKind.values()) {
            if (counts.kind.begins() == side && !counts.kind.setsUp()) {
                byPlural.put(counts.kind.plural(), counts.measured);
            }
        }
        return byPlural;
    }

    /** All that one side began and that ended so. */
    public long ended(Begins side, Ending ending) {
        return sum(begunBy(side), counts -> counts.ended(ending));
    }

    /** Of all that one side began, those that were cut off or timed out. */
    public long broken(Begins side) {
        return ended(side, Ending.CUT_OFF) + ended(side, Ending.TIMED_OUT);
    }

    /** Bytes sent by these. */
    public long bytesSentByBroken(Begins side) {
        return sum(begunBy(side), counts -> counts.bytesSentByBroken);
    }

    /** Bytes sent by whoever began, in all exchanges. */
    public long bytesSent() {
        return sum(kind -> true, counts -> counts.bytesSent);
    }

    /** Bytes received by whoever began, in all exchanges. */
    public long bytesReceived() {
        return sum(kind -> true, counts -> counts.bytesReceived);
    }
}
