package dev.pushpull.experiment.run;

import dev.pushpull.host.HiccupMeter;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.measure.RoundTripFloor;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;

/** The meters that listen to the machine during the trials. */
final class NoiseMeters implements AutoCloseable {
    private static final double MOST_FLOOR_ROUND_TRIPS_PER_SECOND = 200;
    private static final double LEAST_FLOOR_ROUND_TRIPS_PER_SECOND = 1;
    private static final int ENVELOPE_BYTES = 150;

    private final double floorRate;
    private final HiccupMeter hiccups;
    private final RoundTripFloor floor;

    /** @param during what they listen to, for the names of their threads */
    NoiseMeters(String during, Scenario scenario, NanoClock clock) throws IOException {
        RoleThreads threads = new RoleThreads(during, RoleThreads.HARNESS);
        floorRate = Math.min(
                MOST_FLOOR_ROUND_TRIPS_PER_SECOND,
                Math.max(
                        LEAST_FLOOR_ROUND_TRIPS_PER_SECOND,
                        scenario.events().arrivals().ratePerSecond()
                                * scenario.events().consumers()));
        hiccups = new HiccupMeter(clock, threads);
        floor = new RoundTripFloor(clock, threads, floorRate, scenario.events().payloadBytes() + ENVELOPE_BYTES);
    }

    /** Starts, and follows the machine's speed in the time that will be measured. */
    void start(long startNanos, long durationNanos) {
        hiccups.start();
        floor.start(startNanos, durationNanos);
    }

    void start() {
        hiccups.start();
        floor.start();
    }

    /** The longest that the machine has paused since this was last asked. */
    long pauseNanos() {
        return hiccups.longestNanos();
    }

    /**
     * @param eventLateness how late events were handed over meanwhile
     * @param measuredNanos of the time that was to be measured
     */
    Noise stop(Distribution eventLateness, long measuredNanos) throws IOException, InterruptedException {
        return new Noise(hiccups.stop(), eventLateness, floor.stop(), floorRate, floor.steadiness(measuredNanos));
    }

    @Override
    public void close() throws IOException {
        hiccups.close();
        floor.close();
    }
}
