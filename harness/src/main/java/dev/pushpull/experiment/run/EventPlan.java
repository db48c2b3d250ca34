package dev.pushpull.experiment.run;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.Seeds;
import java.util.Arrays;

/** All events of a run, drawn in advance from the seed, in the order in which they will occur. */
public final class EventPlan {
    private static final double MOST_EVENTS = 20e6;

    private final long[] offsetsNanos;
    private final int[] streams;

    private EventPlan(long[] offsetsNanos, int[] streams) {
        this.offsetsNanos = offsetsNanos;
        this.streams = streams;
    }

    /** @throws InvalidInputException when there would be too many events */
    public static EventPlan draw(Scenario scenario) {
        Scenario.Events events = scenario.events();
        long runNanos = scenario.run().durationNanos();
        double expected = events.arrivals().meanRatePerSecond(runNanos) * runNanos / 1e9 * events.streamCount();
        if (expected > MOST_EVENTS) {
            throw new InvalidInputException(
                    "rate, duration and consumers make about %.0f million events; a live run holds at most %.0f million"
                            .formatted(expected / 1e6, MOST_EVENTS / 1e6));
        }
        return of(
                ArrivalStreams.drawn(
                        events.arrivals(),
                        events.streamCount(),
                        new Seeds(scenario.run().seed())),
                scenario.run().durationNanos());
    }

    /** The number of events of these streams up to that time. */
    public static EventPlan of(ArrivalStreams streams, long durationNanos) {
        long[][] perStream = new long[streams.count()][];
        int total = 0;
        for (int stream = 0; stream < perStream.length; stream++) {
            perStream[stream] = times(streams.times(stream), durationNanos);
            total += perStream[stream].length;
        }
        return merged(perStream, total);
    }

    private static long[] times(ArrivalTimes arrivals, long durationNanos) {
        long[] times = new long[64];
        int count = 0;
        for (long at = arrivals.nextNanos();
                at <= durationNanos && at != ArrivalTimes.NONE;
                at = arrivals.nextNanos()) {
            if (count == times.length) {
                times = Arrays.copyOf(times, 2 * count);
            }
            times[count++] = at;
        }
        return Arrays.copyOf(times, count);
    }

    private static EventPlan merged(long[][] perStream, int total) {
        record Planned(long offsetNanos, int stream) {}
        Planned[] all = new Planned[total];
        int next = 0;
        for (int stream = 0; stream < perStream.length; stream++) {
            for (long offset : perStream[stream]) {
                all[next++] = new Planned(offset, stream);
            }
        }
        Arrays.sort(all, java.util.Comparator.comparingLong(Planned::offsetNanos)); // stable: ties stay by stream
        return new EventPlan(
                Arrays.stream(all).mapToLong(Planned::offsetNanos).toArray(),
                Arrays.stream(all).mapToInt(Planned::stream).toArray());
    }

    /** When the events of each stream occur, for virtual time: nanoseconds from the start. */
    public long[][] timesByStream(int count) {
        int[] sizes = new int[count];
        for (int stream : streams) {
            sizes[stream]++;
        }
        long[][] times = new long[count][];
        Arrays.setAll(times, stream -> new long[sizes[stream]]);
        int[] filled = new int[count];
        for (int event = 0; event < streams.length; event++) {
            int stream = streams[event];
            times[stream][filled[stream]++] = offsetsNanos[event];
        }
        return times;
    }

    public int size() {
        return offsetsNanos.length;
    }

    /** Nanoseconds after the start of the measured time. */
    long offsetNanos(int event) {
        return offsetsNanos[event];
    }

    int stream(int event) {
        return streams[event];
    }
}
