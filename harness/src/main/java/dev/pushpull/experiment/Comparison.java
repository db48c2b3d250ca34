package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.processes.HostProcesses;
import dev.pushpull.experiment.processes.SeparateProcesses;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.Feasibility;
import dev.pushpull.experiment.run.Learning;
import dev.pushpull.experiment.run.LiveRun;
import dev.pushpull.experiment.run.LocalTrialGroup;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.TrialGroup;
import dev.pushpull.experiment.run.WarmUp;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.MachineLimits;
import dev.pushpull.hosts.HostLostException;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.scenario.AgreementLine;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.PooledTrials;
import dev.pushpull.scenario.ProcessFigures;
import dev.pushpull.scenario.RunRecord.Finding;
import dev.pushpull.scenario.RunRecord.Noise;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A live comparison: every mode over the same events. */
public final class Comparison {
    private static final double MOST_STEPS = 100_000;

    /** Occurred, attempted, received, processed. */
    private static final double STEPS_AN_EVENT = 4;

    private final Scenario scenario;
    private final List<DeliveryMode> modes;
    private final Interruption interruption;
    private final RunListener listener;
    private final boolean warm;
    private final WarmedUp known;
    private int followed;
    private int trials = 1;
    private boolean separate;
    private Optional<HostPlan> hosts = Optional.empty();
    private TrialGroup.Host host = new LocalTrialGroup.Host();

    /**
     * The result. {@code measuredNanos} is less than requested when the run was interrupted.
     *
     * @param lost why a part on another host was no longer there, so that the run ended early
     * @param failures of databases, a line each
     */
    public record Result(
            List<Outcome> outcomes,
            Noise noise,
            long measuredNanos,
            List<AgreementLine> agreement,
            List<JournalStep> journal,
            List<Finding> findings,
            List<ProcessFigures> processes,
            List<HostFigures> hosts,
            Optional<String> lost,
            List<String> failures) {}

    /** Why one of these ended early. */
    public static Optional<String> lost(List<Result> results) {
        return results.stream().flatMap(result -> result.lost().stream()).findFirst();
    }

    public Comparison(Scenario scenario, List<DeliveryMode> modes, Interruption interruption, RunListener listener) {
        this(scenario, modes, interruption, listener, false, WarmedUp.NOT);
    }

    /** @param known what {@link #warmedUp} found before: a mode that has warmed up does not so again */
    public Comparison(
            Scenario scenario,
            List<DeliveryMode> modes,
            Interruption interruption,
            RunListener listener,
            WarmedUp known) {
        this(scenario, modes, interruption, listener, false, known);
    }

    /**
     * @param warm whether these modes have run in this program before: then the warm-up only measures the legs, and
     *     takes no longer than the run
     */
    Comparison(
            Scenario scenario,
            List<DeliveryMode> modes,
            Interruption interruption,
            RunListener listener,
            boolean warm) {
        this(scenario, modes, interruption, listener, warm, WarmedUp.NOT);
    }

    private Comparison(
            Scenario scenario,
            List<DeliveryMode> modes,
            Interruption interruption,
            RunListener listener,
            boolean warm,
            WarmedUp known) {
        this.warm = warm;
        this.known = known;
        this.scenario = scenario;
        this.modes = modes;
        this.interruption = interruption;
        this.listener = listener;
    }

    /** Also keeps a journal, of as many consumers as some hundred thousand steps allow, but of at least one. */
    public Comparison withJournal() {
        double pollsEach =
                scenario.run().durationNanos() / (double) scenario.polling().intervalNanos();
        double eventsEach =
                scenario.events().arrivals().ratePerSecond() * scenario.run().durationNanos() / 1e9;
        double stepsEach = modes.size() * (pollsEach + STEPS_AN_EVENT * eventsEach);
        followed = (int) Math.max(1, Math.min(scenario.events().consumers(), MOST_STEPS / stepsEach));
        return this;
    }

    /**
     * Repeats it so often with other events, the same to every mode. From trial to trial another mode comes first: of
     * those that run one after another, and of those that have an event a moment after each other.
     */
    public Comparison withTrials(int count) {
        trials = count;
        return this;
    }

    /** Runs provider and consumers group in processes of their own. */
    public Comparison inSeparateProcesses() {
        separate = true;
        return this;
    }

    /** Runs its parts on these hosts. */
    public Comparison over(HostPlan plan) {
        hosts = Optional.of(plan);
        return this;
    }

    /** Runs on parts that have been started, and leaves them there. */
    Result runOn(HostProcesses started) throws IOException, InterruptedException {
        host = started;
        return runTrials();
    }

    /**
     * Runs to the end, or until interrupted.
     *
     * @throws IOException when consumers cannot reach their provider
     * @throws dev.pushpull.scenario.InvalidInputException when this machine cannot carry the run
     */
    public Result run() throws IOException, InterruptedException {
        if (hosts.isEmpty()) { // of others nobody knows the limits
            Feasibility.check(scenario, modes, MachineLimits.here(), separate);
        }
        try (TrialGroup.Host used =
                hosts.isPresent() ? new HostProcesses(hosts.get()) : separate ? new SeparateProcesses() : host) {
            host = used;
            return runTrials();
        }
    }

    private Result runTrials() throws IOException, InterruptedException {
        List<Scenario> asked = new ArrayList<>();
        List<EventPlan> plans = new ArrayList<>();
        for (int trial = 1; trial <= trials; trial++) {
            Scenario.Run run = scenario.run();
            asked.add(scenario.withRun(run.withSeed(Simulation.trialSeed(scenario, trial))));
            plans.add(EventPlan.draw(asked.get(trial - 1)));
        }
        WarmedUp warmedUp = warmedUp();
        if (host.lost().isPresent()) {
            throw new HostLostException(host.lost().get());
        }
        Trials measured = new Trials(warmedUp);
        for (int trial = 1; trial <= trials && !isOver(); trial++) {
            measured.measure(trial, asked.get(trial - 1), plans.get(trial - 1));
        }
        List<AgreementLine> agreement = new ArrayList<>();
        if (!isOver()) { // an interrupted run has no simulation of the whole beside it
            listener.phase("simulating the same events");
            List<Outcome> pooled = PooledTrials.of(measured.outcomes);
            for (int i = 0; i < modes.size(); i++) {
                Learning learning = warmedUp.learning(modes.get(i));
                Distribution pauses = measured.noise.hiccups();
                learning.finding(pauses).ifPresent(finding -> measured.findings.putIfAbsent(finding.name(), finding));
                AgreementTable.Known ofMode =
                        new AgreementTable.Known(scenario.withNetwork(warmedUp.legs(modes.get(i))), learning, pauses);
                agreement.addAll(AgreementTable.of(modes.get(i), ofMode, plans, pooled.get(i)));
            }
        }
        return new Result(
                measured.outcomes,
                measured.noise,
                measured.measuredNanos,
                agreement,
                measured.journal,
                List.copyOf(measured.findings.values()),
                List.copyOf(measured.processes.values()),
                List.copyOf(measured.hosts.values()),
                host.lost(),
                List.copyOf(measured.failures));
    }

    /** Whether someone wants it to end, or it must. */
    private boolean isOver() {
        return interruption.requested() || host.lost().isPresent();
    }

    /** The outcomes of the trials, one after another. */
    private final class Trials {
        private final WarmedUp warmedUp;
        private final List<Outcome> outcomes = new ArrayList<>();
        private final List<JournalStep> journal = new ArrayList<>();
        /** By name; those of the last trial, which resemble the earlier ones. */
        private final Map<String, Finding> findings = new LinkedHashMap<>();

        private final Map<String, ProcessFigures> processes = new LinkedHashMap<>();
        private final Map<String, HostFigures> hosts = new LinkedHashMap<>();
        private final Set<String> failures = new LinkedHashSet<>();
        private Noise noise = Noise.none();
        private long measuredNanos;

        Trials(WarmedUp warmedUp) {
            this.warmedUp = warmedUp;
            warmedUp.findings().forEach(finding -> findings.put(finding.name(), finding));
        }

        void measure(int trial, Scenario asked, EventPlan plan) throws IOException, InterruptedException {
            List<DeliveryMode> order = new ArrayList<>(modes);
            Collections.rotate(order, 1 - trial);
            List<List<DeliveryMode>> groups =
                    asked.run().isolate() ? order.stream().map(List::of).toList() : List.of(order);
            List<Outcome> ofTrial = new ArrayList<>();
            for (List<DeliveryMode> group : groups) {
                List<String> names = group.stream().map(DeliveryMode::name).toList();
                listener.phase("measuring " + String.join(", ", names)
                        + (trials == 1 ? "" : ", trial %d of %d".formatted(trial, trials)));
                LiveRun.Result result = new LiveRun(
                                host, asked, plan, interruption, listener, trial == 1 ? followed : 0)
                        .run(group, warmedUp);
                journal.addAll(result.journal());
                failures.addAll(result.failures());
                result.processes().forEach(process -> processes.merge(process.name(), process, ProcessFigures::plus));
                result.hosts().forEach(one -> hosts.merge(one.name(), one, HostFigures::plus));
                result.findings().forEach(finding -> findings.put(finding.name(), finding));
                result.outcomes().forEach(outcome -> ofTrial.add(outcome.of(trial, outcome.prediction())));
                noise = noise.plus(result.noise());
                measuredNanos = Math.max(measuredNanos, result.measuredNanos());
                if (isOver()) {
                    break;
                }
            }
            ofTrial.sort(
                    Comparator.comparingInt(outcome -> scenario.run().modes().indexOf(outcome.mode())));
            outcomes.addAll(ofTrial);
        }
    }

    /** Warms up the modes that have not been, side by side if they run so. */
    public WarmedUp warmedUp() throws IOException, InterruptedException {
        List<DeliveryMode> cold = modes.stream()
                .filter(mode -> !known.legs().containsKey(mode.name()))
                .toList();
        List<List<DeliveryMode>> groups = cold.isEmpty()
                ? List.of()
                : scenario.run().isolate() ? cold.stream().map(List::of).toList() : List.of(cold);
        WarmUp warmUp = new WarmUp(host, interruption);
        WarmedUp warmedUp = known;
        for (List<DeliveryMode> group : groups) {
            listener.phase("warming up "
                    + String.join(", ", group.stream().map(DeliveryMode::name).toList()));
            warmedUp = warmedUp.plus(
                    warm
                            ? warmUp.legs(group, scenario, scenario.run().durationNanos() / groups.size())
                            : warmUp.warmUp(group, scenario, 1.0 / groups.size()));
        }
        return warmedUp;
    }
}
