package dev.pushpull.experiment.capacity;

import dev.pushpull.host.Spans;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/** Where the steps of a search are made. */
interface LoadPlace extends AutoCloseable {
    /** Starts the servers and drivers of a path. */
    PathSteps open(CapacityPath path) throws IOException, InterruptedException;

    /** The speed at this moment; 1 is nominal, and always 1 where nobody follows it. */
    double speed() throws IOException, InterruptedException;

    /** The bare echoes a second at speed 1; empty where nobody follows the speed, nor hears stalls. */
    OptionalDouble nominalPerSecond();

    /** How stalls are heard, in words; where nobody hears them, what the place is. */
    String listening();

    /** The stalls heard since a time; empty if that failed. */
    Optional<Spans> stallsSince(long nanos) throws IOException, InterruptedException;

    @Override
    void close();
}
