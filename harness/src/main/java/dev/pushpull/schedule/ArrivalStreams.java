package dev.pushpull.schedule;

import java.util.function.IntFunction;

/**
 * The event times of all streams of a run, drawn on each call and the same every time.
 *
 * @param count number of streams
 * @param source starts the times of a stream, numbered from 0, from their beginning
 */
public record ArrivalStreams(int count, IntFunction<ArrivalTimes> source) {
    /** The streams of an arrival process, drawn from the seed. */
    public static ArrivalStreams drawn(ArrivalProcess arrivals, int count, Seeds seeds) {
        return new ArrivalStreams(count, stream -> arrivals.times(seeds.generator(Seeds.Purpose.EVENTS, stream)));
    }

    /** Given times: {@code offsetsNanos[stream]}, in order. */
    public static ArrivalStreams known(long[][] offsetsNanos) {
        return new ArrivalStreams(offsetsNanos.length, stream -> new ArrivalTimes() {
            private int next;

            @Override
            public long nextNanos() {
                return next == offsetsNanos[stream].length ? NONE : offsetsNanos[stream][next++];
            }
        });
    }

    /** The times of one stream from their beginning. */
    public ArrivalTimes times(int stream) {
        return source.apply(stream);
    }
}
