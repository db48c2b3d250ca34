package dev.pushpull.delivery;

import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.Seeds;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** One way for an event to get from the provider to its consumers. Implementations have a public no-argument constructor. */
public interface DeliveryMode {
    /** What {@code --mode} takes. */
    String name();

    /** Flags of its own. */
    default List<ModeOption<?>> options() {
        return List.of();
    }

    /**
     * Says what about the scenario this mode cannot work with.
     *
     * @throws dev.pushpull.scenario.InvalidInputException with one line for the person who asked
     */
    default void check(Scenario scenario) {}

    /** What holds for it whatever a run shows; whoever writes of modes asks this, never its name. */
    ModeTraits traits();

    /** The scenario at full speed, to warm the path up: a few consumers, thousands of requests and events a second. */
    default Scenario atFullSpeed(Scenario scenario) {
        return scenario.atFullSpeed();
    }

    /** The scenario at its own pace for about a second, to learn how long the legs of the path take. */
    default Scenario paced(Scenario scenario) {
        return scenario.paced();
    }

    /** The legs that theory needs, from a run of {@link #paced}. */
    default Scenario.Network legs(Recorder.Record paced) {
        return new Scenario.Network(
                paced.pollRoundTrip().medianNanos() / 2,
                paced.attemptRoundTrip().count() > 0 ? paced.latency().medianNanos() : 0);
    }

    /** What its live consumers and their provider need of the machine at once. */
    LiveDemand demand(Scenario scenario);

    /** How long its consumers wait, as planned. */
    Waits waits(Scenario scenario);

    /**
     * Real HTTP: sets up the consumers, ready to be started.
     *
     * @param recorder records all that happens
     * @throws IOException when the provider cannot be reached or refuses
     */
    LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException;

    /**
     * Virtual time: the same policies over the same events, without a clock or a socket. The outcome's trial is 1, its
     * prediction is left to who asked for it.
     *
     * @param events lazy; each stream is drawn as often as there are consumers of it
     * @param seeds phases and all other chance derive from them and the consumer's number, so no result depends on the
     *     number of cores
     */
    Outcome simulate(Scenario scenario, ArrivalStreams events, Seeds seeds);

    /** Closed form, where one is known. */
    Optional<Prediction> predict(Scenario scenario);
}
