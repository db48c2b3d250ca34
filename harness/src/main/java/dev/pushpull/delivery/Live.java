package dev.pushpull.delivery;

import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.surface.Surface;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A mode over real HTTP. */
public interface Live {
    /**
     * The provider's half, unless every provider has it already. It is asked for a request before the surfaces that
     * every provider has, so it may share a path with them and go by a header.
     *
     * @param scenario the run, with the mode's options
     */
    default List<Surface.Opener> surfaces(Scenario scenario) {
        return List.of();
    }

    /** How the provider is set up for this mode, where it differs from the usual. */
    default ProviderSettings provider(ProviderSettings usual, Scenario scenario) {
        return usual;
    }

    /**
     * A rehearsal of the run, hurried by this mode's own times too: at those of the run it might see none of what they
     * bring.
     *
     * @param asked the run
     * @param rehearsal the same in a hurry: events occur more often, the interval of polls is shorter
     */
    default Scenario hurried(Scenario asked, Scenario rehearsal) {
        return rehearsal;
    }

    /** The legs that virtual time and theory need, from a rehearsal. */
    Scenario.Network legs(Recording rehearsal);

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
