package dev.pushpull.watch;

import dev.pushpull.measure.Tail;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction.CurvePoint;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Set;

/** Lanes of modes that nobody runs. */
final class Lanes {
    private final Tail tail;
    private final Scenario scenario;

    Lanes(Tail tail) {
        this.tail = tail;
        this.scenario = ScenarioDraft.of(new PoissonArrivals(1), 1).scenario();
    }

    /** One whose consumers ask. */
    WatchLane lane(String name) {
        return lane(name, Begins.CONSUMER, Set.of());
    }

    WatchLane lane(String name, Begins begins, Set<Trait> traits) {
        ModeTraits declared = new ModeTraits(begins, traits, name, false, "How " + name + " works.", 0);
        return new WatchLane(
                name,
                declared,
                WatchLane.Setting.of(scenario),
                tail,
                () -> new WatchLane.Counts(4, 3, 2, 1),
                new WatchLane.Expected(
                        List.of(new CurvePoint(0, 1), new CurvePoint(0.5, 500), new CurvePoint(1, 1000)), ""),
                System.nanoTime());
    }
}
