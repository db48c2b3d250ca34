package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.LiveRun;
import dev.pushpull.experiment.run.LocalTrialGroup;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What the experiments of one run share: the seed, how thorough they may be, and the modes that are warm. */
final class ClaimSetting {
    private final boolean quick;
    private final long seed;
    private final Interruption interruption;
    private final RunListener listener;
    private WarmedUp warmedUp = WarmedUp.NOT;
    private LoadSweep loadSweep;
    private OtherWays otherWays;

    /** @param quick see {@link Claims} */
    ClaimSetting(boolean quick, long seed, Interruption interruption, RunListener listener) {
        this.quick = quick;
        this.seed = seed;
        this.interruption = interruption;
        this.listener = listener;
    }

    boolean quick() {
        return quick;
    }

    long seed() {
        return seed;
    }

    /** A seed for each part of an experiment, so that chance affects the parts independently. */
    long seed(int part) {
        return new SplittableRandom(seed + 31L * part).nextLong();
    }

    /** Follows the progress of the experiments. */
    RunListener listener() {
        return listener;
    }

    /** @throws InterruptedException when an end was requested: no experiment judges from incomplete data */
    void failIfInterrupted() throws InterruptedException {
        if (interruption.requested()) {
            throw new InterruptedException();
        }
    }

    /**
     * Measures the scenario's modes live. Each mode warms up once for all experiments.
     *
     * @return by mode, in the scenario's order; an outcome may be invalid
     * @throws InterruptedException when an end was requested
     */
    Map<String, Outcome> compare(Scenario scenario) throws IOException, InterruptedException {
        List<DeliveryMode> modes = modes(scenario.run().modes());
        warmedUp = new Comparison(scenario, modes, interruption, listener, warmedUp).warmedUp();
        failIfInterrupted();
        Comparison.Result result = new Comparison(scenario, modes, interruption, listener, warmedUp).run();
        failIfInterrupted();
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        result.outcomes().forEach(outcome -> outcomes.put(outcome.mode(), outcome));
        return outcomes;
    }

    /** What happened to each event when the scenario's modes ran live. */
    List<JournalStep> journal(Scenario scenario) throws IOException, InterruptedException {
        List<DeliveryMode> modes = modes(scenario.run().modes());
        warmedUp = new Comparison(scenario, modes, interruption, listener, warmedUp).warmedUp();
        failIfInterrupted();
        Comparison.Result result = new Comparison(scenario, modes, interruption, listener, warmedUp)
                .withJournal()
                .run();
        failIfInterrupted();
        return result.journal();
    }

    /** Runs the scenario's one mode live with a journal, perhaps beside other runs: its latencies are not to be judged. */
    LiveRun.Result unheated(Scenario scenario) throws IOException, InterruptedException {
        LiveRun run = new LiveRun(
                new LocalTrialGroup.Host(), scenario, EventPlan.draw(scenario), interruption, RunListener.NONE, 1);
        return run.run(modes(scenario.run().modes()), WarmedUp.NOT);
    }

    /** Polling and webhooks over the load factor, measured once for all experiments that need it. */
    LoadSweep loadSweep() throws IOException, InterruptedException {
        if (loadSweep == null) {
            loadSweep = LoadSweep.measured(this);
        }
        return loadSweep;
    }

    /** Polling, webhooks and other ways side by side, measured once for all experiments that need it. */
    OtherWays otherWays() throws IOException, InterruptedException {
        if (otherWays == null) {
            otherWays = OtherWays.measured(this);
        }
        return otherWays;
    }

    /** How long the legs of a mode that has warmed up take. */
    Scenario.Network legs(DeliveryMode mode) {
        return warmedUp.legs(mode).constant();
    }

    private static List<DeliveryMode> modes(List<String> names) {
        List<DeliveryMode> known = DeliveryModes.all();
        return names.stream()
                .map(name -> known.stream()
                        .filter(mode -> mode.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no delivery mode is named " + name)))
                .toList();
    }
}
