package dev.pushpull.delivery;

import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.ModeOption;
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

    /**
     * Whether, under Poisson arrivals to streams of their own, each poll finds something independently of the others:
     * then Wilson's interval of the wasted ratio holds.
     */
    default boolean pollsAreIndependent() {
        return false;
    }

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

    /** Whether its consumers listen. */
    default boolean takesWebhooks() {
        return false;
    }

    /** What its live consumers and their provider need of the machine at once. */
    default LiveDemand demand(Scenario scenario) {
        return LiveDemand.ofPolls(scenario);
    }

    /** The longest time that may pass, as planned, until a consumer asks for an event that occurred. */
    default long longestWaitNanos(Scenario scenario) {
        return scenario.polling().intervalNanos();
    }

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

    /** The least interval between a consumer's polls: one that is late by a tenth of it is late. */
    default long pollIntervalNanos(Scenario scenario) {
        return scenario.polling().intervalNanos();
    }

    /** The interval whose twentieth is the tolerance within which measured and simulated latencies agree. */
    default long latencyScaleNanos(Scenario scenario) {
        return scenario.polling().intervalNanos();
    }

    /** Closed form, where one is known. */
    Optional<Prediction> predict(Scenario scenario);
}
