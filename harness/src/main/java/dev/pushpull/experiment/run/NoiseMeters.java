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

    void start() {
        hiccups.start();
        floor.start();
    }

    /** The longest that the machine has paused since this was last asked. */
    long pauseNanos() {
        return hiccups.longestNanos();
    }

    /** @param eventLateness how late events were handed over meanwhile */
    Noise stop(Distribution eventLateness) throws IOException, InterruptedException {
        return new Noise(hiccups.stop(), eventLateness, floor.stop(), floorRate);
    }

    @Override
    public void close() throws IOException {
        hiccups.close();
        floor.close();
    }
}
