package dev.pushpull.load;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Start times and durations, ordered by start, for what a histogram cannot show. Each pair takes eight bytes and has a
 * resolution of a microsecond.
 */
public final class TimedDurations {
    public static final TimedDurations NONE = new TimedDurations(0, new int[0], new int[0]);

    private static final long NANOS = 1_000;

    private final long baseNanos;
    private final int[] atMicros;
    private final int[] micros;

    private TimedDurations(long baseNanos, int[] atMicros, int[] micros) {
        this.baseNanos = baseNanos;
        this.atMicros = atMicros;
        this.micros = micros;
    }

    /**
     * From two arrays, in any order.
     *
     * @param atNanos when each began, within half an hour of {@code baseNanos}
     * @param nanos how long it took
     */
    public static TimedDurations of(long baseNanos, long[] atNanos, long[] nanos) {
        Recorder recorder = new Recorder(baseNanos, atNanos.length);
        for (int i = 0; i < atNanos.length; i++) {
            recorder.add(atNanos[i], nanos[i]);
        }
        return recorder.durations();
    }

    @JsonCreator
    static TimedDurations read(@JsonProperty("base_nanos") long baseNanos, @JsonProperty("packed") byte[] packed) {
        IntBuffer all = ByteBuffer.wrap(packed).asIntBuffer();
        int[] atMicros = new int[all.remaining() / 2];
        int[] micros = new int[atMicros.length];
        all.get(atMicros).get(micros);
        return new TimedDurations(baseNanos, atMicros, micros);
    }

    @JsonProperty("base_nanos")
    long baseNanos() {
        return baseNanos;
    }

    @JsonProperty("packed")
    byte[] packed() {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Integer.BYTES * micros.length);
        bytes.asIntBuffer().put(atMicros).put(micros);
        return bytes.array();
    }

    public int count() {
        return micros.length;
    }

    /** When number {@code index} began; rising with the number. */
    public long atNanos(int index) {
        return baseNanos + atMicros[index] * NANOS;
    }

    /** How long it took. */
    public long nanos(int index) {
        return micros[index] * NANOS;
    }

    /** Both together. */
    TimedDurations plus(TimedDurations other) {
        if (other.count() == 0 || count() == 0) {
            return count() == 0 ? other : this;
        }
        Recorder both = new Recorder(baseNanos, count() + other.count());
        for (TimedDurations one : new TimedDurations[] {this, other}) {
            for (int i = 0; i < one.count(); i++) {
                both.add(one.atNanos(i), one.nanos(i));
            }
        }
        return both.durations();
    }

    /** Collects them one by one. Not thread-safe. */
    static final class Recorder {
        private final long baseNanos;
        private int[] atMicros;
        private int[] micros;
        private int count;
        private boolean rising = true;

        /** @param expected memory for this many is allocated now, and none during the measurement */
        Recorder(long baseNanos, int expected) {
            this.baseNanos = baseNanos;
            this.atMicros = new int[expected];
            this.micros = new int[expected];
        }

        void add(long atNanos, long nanos) {
            if (count == micros.length) {
                int room = Math.max(1024, 2 * count);
                atMicros = Arrays.copyOf(atMicros, room);
                micros = Arrays.copyOf(micros, room);
            }
            atMicros[count] = (int) Math.floorDiv(atNanos - baseNanos, NANOS);
            micros[count] = (int) Math.min(Integer.MAX_VALUE, nanos / NANOS);
            rising &= count == 0 || atMicros[count - 1] <= atMicros[count];
            count++;
        }

        TimedDurations durations() {
            if (rising) {
                return new TimedDurations(baseNanos, Arrays.copyOf(atMicros, count), Arrays.copyOf(micros, count));
            }
            long[] sorted = IntStream.range(0, count)
                    .mapToLong(i -> (long) atMicros[i] << 32 | micros[i])
                    .sorted()
                    .toArray();
            return new TimedDurations(
                    baseNanos,
                    Arrays.stream(sorted).mapToInt(both -> (int) (both >> 32)).toArray(),
                    Arrays.stream(sorted).mapToInt(both -> (int) both).toArray());
        }
    }
}
