package dev.pushpull.advice;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What was worked out already while one question is answered: with other needs or prices, predictions and runs in
 * virtual time are the same. It also knows how much work that was.
 */
public final class Memo {
    private static final int MOST_PREDICTIONS = 6_000;
    private static final int MOST_RUNS = 6_000;

    private final Map<Key, Optional<Prediction>> predictions = new ConcurrentHashMap<>();
    private final Map<Key, SimulatedRun> simulated = new ConcurrentHashMap<>();
    private final AtomicLong predicted = new AtomicLong();
    private final AtomicLong runs = new AtomicLong();
    private final AtomicLong steps = new AtomicLong();

    /** How much was worked out: predictions, runs in virtual time, and the deliveries and requests of those. */
    record Work(long predictions, long runs, long steps) {}

    private record Key(String mode, Scenario scenario) {
        /** Of what differs: a trace has as many times as events, and is the same in all. */
        @Override
        public int hashCode() {
            Scenario.Events events = scenario.events();
            return Objects.hash(
                    mode,
                    scenario.polling(),
                    scenario.modeOptions(),
                    events.arrivals().ratePerSecond(),
                    events.consumers(),
                    events.payloadBytes(),
                    scenario.run().durationNanos());
        }
    }

    Optional<Prediction> prediction(String mode, Scenario scenario, Supplier<Optional<Prediction>> made) {
        Key key = new Key(mode, scenario);
        Optional<Prediction> known = predictions.get(key);
        if (known != null) {
            return known;
        }
        Optional<Prediction> prediction = made.get();
        predicted.incrementAndGet();
        if (predictions.size() < MOST_PREDICTIONS) {
            predictions.put(key, prediction);
        }
        return prediction;
    }

    SimulatedRun run(String mode, Scenario scenario, Supplier<SimulatedRun> made) {
        Key key = new Key(mode, scenario);
        SimulatedRun known = simulated.get(key);
        if (known != null) {
            return known;
        }
        SimulatedRun run = made.get();
        runs.incrementAndGet();
        steps.addAndGet(run.steps());
        if (simulated.size() < MOST_RUNS) {
            simulated.put(key, run);
        }
        return run;
    }

    Work work() {
        return new Work(predicted.get(), runs.get(), steps.get());
    }
}
