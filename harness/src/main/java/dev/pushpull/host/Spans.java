package dev.pushpull.host;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Spans of time, such as stalls: disjoint and in rising order, in nanoseconds of the host's monotonic clock. Immutable.
 */
public final class Spans {
    public static final Spans NONE = new Spans(new long[0], new long[0]);

    private final long[] starts;
    private final long[] ends;

    /** The total length of the spans before each start. */
    private final long[] before;

    /**
     * One span.
     *
     * @param endNanos exclusive
     */
    public record Span(long startNanos, long endNanos) {
        public long lengthNanos() {
            return endNanos - startNanos;
        }
    }

    private Spans(long[] starts, long[] ends) {
        this.starts = starts;
        this.ends = ends;
        this.before = new long[starts.length];
        for (int i = 1; i < starts.length; i++) {
            before[i] = before[i - 1] + ends[i - 1] - starts[i - 1];
        }
    }

    /** Takes them in any order. Overlapping spans become one, and empty ones are dropped. */
    public static Spans of(List<Span> spans) {
        List<Span> sorted = spans.stream()
                .filter(span -> span.lengthNanos() > 0)
                .sorted(Comparator.comparingLong(Span::startNanos))
                .toList();
        List<Span> apart = new ArrayList<>();
        for (Span span : sorted) {
            Span last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
            if (last != null && span.startNanos() <= last.endNanos()) {
                apart.set(apart.size() - 1, new Span(last.startNanos(), Math.max(last.endNanos(), span.endNanos())));
            } else {
                apart.add(span);
            }
        }
        return new Spans(
                apart.stream().mapToLong(Span::startNanos).toArray(),
                apart.stream().mapToLong(Span::endNanos).toArray());
    }

    /** As {@link #edges} tells them. */
    @JsonCreator
    static Spans ofEdges(@JsonProperty("edges") long[] edges) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i + 1 < edges.length; i += 2) {
            spans.add(new Span(edges[i], edges[i + 1]));
        }
        return of(spans);
    }

    /** The start and end of each in turn. */
    @JsonProperty("edges")
    long[] edges() {
        long[] edges = new long[2 * starts.length];
        for (int i = 0; i < starts.length; i++) {
            edges[2 * i] = starts[i];
            edges[2 * i + 1] = ends[i];
        }
        return edges;
    }

    public List<Span> list() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            spans.add(new Span(starts[i], ends[i]));
        }
        return spans;
    }

    @JsonIgnore
    public boolean isEmpty() {
        return starts.length == 0;
    }

    /** The union. */
    public Spans or(Spans other) {
        List<Span> both = list();
        both.addAll(other.list());
        return of(both);
    }

    /** The intersection. */
    public Spans and(Spans other) {
        List<Span> common = new ArrayList<>();
        for (int i = 0, j = 0; i < starts.length && j < other.starts.length; ) {
            common.add(new Span(Math.max(starts[i], other.starts[j]), Math.min(ends[i], other.ends[j])));
            if (ends[i] < other.ends[j]) {
                i++;
            } else {
                j++;
            }
        }
        return of(common);
    }

    /** These without the others. */
    public Spans without(Spans others) {
        List<Span> rest = new ArrayList<>();
        for (Span span : list()) {
            long from = span.startNanos();
            for (Span other : others.list()) {
                if (other.endNanos() > from && other.startNanos() < span.endNanos()) {
                    rest.add(new Span(from, other.startNanos()));
                    from = other.endNanos();
                }
            }
            rest.add(new Span(from, span.endNanos()));
        }
        return of(rest);
    }

    /** Those that are at least this long. */
    public Spans from(long leastNanos) {
        return of(
                list().stream().filter(span -> span.lengthNanos() >= leastNanos).toList());
    }

    /** The length of the spans between two times, in nanoseconds. */
    public long within(long fromNanos, long untilNanos) {
        return Math.max(0, upTo(untilNanos) - upTo(fromNanos));
    }

    private long upTo(long nanos) {
        int found = Arrays.binarySearch(starts, nanos);
        int last = found >= 0 ? found : -found - 2;
        return last < 0 ? 0 : before[last] + Math.min(nanos, ends[last]) - starts[last];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Spans spans && Arrays.equals(starts, spans.starts) && Arrays.equals(ends, spans.ends);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(ends);
    }

    @Override
    public String toString() {
        return list().toString();
    }
}
