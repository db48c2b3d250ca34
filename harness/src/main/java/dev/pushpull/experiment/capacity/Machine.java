package dev.pushpull.experiment.capacity;

import dev.pushpull.host.Spans;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** The state of the machine during a measurement: when it stalls, and how its speed compares with the nominal speed. */
public final class Machine implements AutoCloseable {
    /** A block of the reference. */
    public static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final int WARM_BLOCKS = 12;
    private static final int NOMINAL_BLOCKS = 9;
    private static final int MOST_DEATHS = 3;

    private final ReferenceProcess reference;
    private final long blockNanos;
    private final double nominalPerSecond;
    private MeterProcess meter;
    private int deaths;

    /**
     * Starts its processes.
     *
     * @param nominalPerSecond echoes a second that count as speed 1; when empty, those of this moment
     * @param longestWarmUpNanos at most, of the reference
     * @param blockNanos how long the reference runs for each measurement of the speed; {@link #BLOCK_NANOS}, or less where
     *     the steps between are shorter
     */
    public Machine(OptionalDouble nominalPerSecond, long longestWarmUpNanos, long blockNanos)
            throws IOException, InterruptedException {
        this.blockNanos = blockNanos;
        reference = new ReferenceProcess();
        try {
            meter = new MeterProcess();
            long blocks = Math.max(2, Math.min(WARM_BLOCKS, longestWarmUpNanos / blockNanos));
            for (int block = 0; block < blocks; block++) {
                reference.perSecond(blockNanos);
            }
            this.nominalPerSecond = nominalPerSecond.isPresent() ? nominalPerSecond.getAsDouble() : medianNow();
        } catch (IOException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private double medianNow() throws IOException, InterruptedException {
        List<Double> blocks = new ArrayList<>();
        for (int block = 0; block < NOMINAL_BLOCKS; block++) {
            blocks.add(reference.perSecond(blockNanos));
        }
        Collections.sort(blocks);
        return blocks.get(NOMINAL_BLOCKS / 2);
    }

    /** Echoes a second that count as speed 1. */
    public double nominalPerSecond() {
        return nominalPerSecond;
    }

    /** How stalls are heard, in words. */
    public String listening() {
        return meter.about();
    }

    /** The speed at this moment; 1 is nominal. Nothing else may run meanwhile. */
    public double speed() throws IOException, InterruptedException {
        return reference.perSecond(blockNanos) / nominalPerSecond;
    }

    /**
     * The stalls heard since a time; empty if the meter died in between. It is then replaced.
     *
     * @throws IOException when that happens for the third time
     */
    public Optional<Spans> stallsSince(long nanos) throws IOException, InterruptedException {
        try {
            return Optional.of(meter.since(nanos));
        } catch (IOException e) {
            meter.close();
            deaths++;
            if (deaths == MOST_DEATHS) {
                throw new IOException("the stall meter's process ended " + MOST_DEATHS + " times", e);
            }
            meter = new MeterProcess();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        reference.close();
        if (meter != null) {
            meter.close();
        }
    }
}
