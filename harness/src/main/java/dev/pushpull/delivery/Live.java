package dev.pushpull.delivery;

import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Surface;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A mode over real HTTP. */
public interface Live {
    /** The provider's half, unless every provider has it already. */
    default List<Surface.Opener> surfaces() {
        return List.of();
    }

    /**
     * The scenario at full speed, to warm up the path: a few consumers, thousands of requests and events a second. A
     * mode with times of its own must speed those up too.
     */
    default Scenario atFullSpeed(Scenario scenario) {
        return scenario.atFullSpeed();
    }

    /**
     * The scenario at its own pace for about a second, to learn how long the legs of the path take; a mode adapts its
     * own times here too.
     */
    default Scenario paced(Scenario scenario) {
        return scenario.paced();
    }

    /** The legs that virtual time and theory need, learned from a run of {@link #paced}. */
    Scenario.Network legs(Recording paced);

    /** What its consumers and their provider need from the machine at the same time. */
    LiveDemand demand(Scenario scenario);

    /** How long its consumers plan to wait. */
    Waits waits(Scenario scenario);

    /**
     * Sets up the consumers, ready to start.
     *
     * @param recorder records everything that happens
     * @throws IOException when the provider cannot be reached or refuses
     */
    LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException;
}
