package dev.pushpull.advice;

import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Predictions that were made while one question is answered: with other needs or prices they are the same. */
public final class Memo {
    private static final int MOST = 6_000;

    private record Key(String mode, Scenario scenario) {}

    private final Map<Key, Optional<Prediction>> known = new ConcurrentHashMap<>();

    Optional<Prediction> of(String mode, Scenario scenario, Supplier<Optional<Prediction>> predicted) {
        Key key = new Key(mode, scenario);
        Optional<Prediction> prediction = known.get(key);
        if (prediction == null) {
            prediction = predicted.get();
            if (known.size() < MOST) {
                known.put(key, prediction);
            }
        }
        return prediction;
    }
}
