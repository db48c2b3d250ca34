package dev.pushpull.experiment.capacity;

import dev.pushpull.experiment.capacity.PathSteps.Made;
import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.experiment.capacity.RateSearch.Tried;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.Spans;
import dev.pushpull.load.LoadResult;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityStep;
import dev.pushpull.scenario.RateUnit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** The search on one path. During each step it listens to the machine; between steps it measures the machine's speed. */
final class PathSearch {
    private static final double HIGHEST_PER_SECOND = 2_000_000;
    private static final double LEAST_LOWEST_PER_SECOND = 400;
    private static final long LONGEST_STEP_WARMUP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** For steps of two seconds; in proportion for others. */
    private static final double LONGEST_SECONDS = 85;

    /** For steps of one second; in proportion for others. */
    private static final double LONGEST_QUICK_SECONDS = 22;

    private static final double SECONDS_OF_STEP = 2;

    /** How long a search may last, if not as long as usual: what nobody measures need not be found exactly. */
    private static final String LONGEST_PROPERTY = "pushpull.longestSearchMillis";

    /** What is between two steps takes its time however short they are. */
    private static final double LEAST_PROPORTION = 0.25;

    private final CapacityPath path;
    private final Capacity.Setting setting;
    private final LoadPlace place;
    private final RunListener listener;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final List<CapacityStep> rows = new ArrayList<>();
    private final List<String> invalid = new ArrayList<>();
    private Optional<RateSearch> search = Optional.empty();

    PathSearch(CapacityPath path, Capacity.Setting setting, LoadPlace place, RunListener listener) {
        this.path = path;
        this.setting = setting;
        this.place = place;
        this.listener = listener;
    }

    /** Searches until the answer is found. */
    void run() throws IOException, InterruptedException {
        listener.phase(path.id() + ": warming up");
        try (PathSteps processes = place.open(path)) {
            StepRules rules = new StepRules(setting.slo(), processes.cores());
            boolean held = path == CapacityPath.LONG_POLL;
            PathWarmUp warmUp = new PathWarmUp(processes);
            double saturation = warmUp.saturationPerSecond(held);
            boolean settled = warmUp.withoutErrors() && !held;
            double before = place.speed();
            RateSearch searching = begun(saturation / before);
            search = Optional.of(searching);
            long beganNanos = clock.nanoTime();
            for (OptionalDouble rate = searching.next(before, 0);
                    rate.isPresent();
                    rate = searching.next(before, clock.nanoTime() - beganNanos)) {
                listener.phase(path.id() + ": " + RateUnit.ANY.readable(rate.getAsDouble()));
                Made made = processes.step(
                        rate.getAsDouble(),
                        Math.min(LONGEST_STEP_WARMUP_NANOS, setting.stepNanos() / 4),
                        setting.stepNanos());
                Optional<Spans> heard = place.stallsSince(made.step().startNanos());
                double after = place.speed();
                settled &= made.result().errors() == 0;
                audit(made, settled);
                if (heard.isPresent()) { // without its meter a step says nothing
                    judge(searching, rules, made, made.stalls(heard.get()), before, after);
                }
                before = after;
            }
        }
    }

    /** The finding so far; empty before the first step. */
    Optional<CapacityFinding> finding() {
        return search.filter(begun -> !rows.isEmpty())
                .map(begun -> new CapacityFinding(path.id(), path.about(), begun.limit(), rows, begun.answer()));
    }

    /** Why the figures cannot be relied on; empty when they can. */
    List<String> invalid() {
        return invalid;
    }

    private RateSearch begun(double saturationPerSecond) {
        double lowest = Math.max(LEAST_LOWEST_PER_SECOND, setting.lowestPerSecond());
        double likely = Math.min(HIGHEST_PER_SECOND, Math.max(lowest, saturationPerSecond));
        double stepSeconds = setting.stepNanos() / 1e9;
        double seconds = setting.quick() ? LONGEST_QUICK_SECONDS : LONGEST_SECONDS;
        double usualSeconds =
                seconds * Math.max(LEAST_PROPORTION, stepSeconds / (setting.quick() ? 1 : SECONDS_OF_STEP));
        long longestNanos =
                TimeUnit.MILLISECONDS.toNanos(Long.getLong(LONGEST_PROPERTY, Math.round(1e3 * usualSeconds)));
        return setting.quick()
                ? new BestOfThree(lowest, HIGHEST_PER_SECOND, likely, longestNanos)
                : new PosteriorSearch(lowest, HIGHEST_PER_SECOND, likely, longestNanos);
    }

    private void judge(RateSearch searching, StepRules rules, Made made, Spans stalls, double before, double after) {
        Judgement raw = rules.judge(made.step(), made.result(), made.reading().cpuNanos());
        Judgement judged = raw == Judgement.SUSTAINED
                ? raw
                : rules.judge(made.step(), made.result(), made.reading().cpuNanos(), stalls);
        boolean counts = searching.tried(new Tried(made.step().ratePerSecond(), before, after, raw, judged));
        rows.add(row(
                made,
                judged,
                new CapacityStep.Circumstances(
                        raw.id(),
                        judged.id(),
                        !counts,
                        whereHeard(seconds(made, stalls)),
                        whereHeard(seconds(made, made.ownPauses())),
                        quietP99Millis(made, stalls),
                        whereHeard(Math.sqrt(before * after)
                                * place.nominalPerSecond().orElse(1)))));
    }

    private static double seconds(Made made, Spans spans) {
        return spans.within(made.step().startNanos(), made.step().untilNanos()) / 1e9;
    }

    /** Empty where nobody listens. */
    private OptionalDouble whereHeard(double value) {
        return place.nominalPerSecond().isPresent() ? OptionalDouble.of(value) : OptionalDouble.empty();
    }

    private static OptionalDouble quietP99Millis(Made made, Spans stalls) {
        LoadResult result = made.result();
        if (stalls.isEmpty() || result.response().quantileMillis(0.99).isEmpty()) {
            return result.response().quantileMillis(0.99);
        }
        long[] quiet = StallDeduction.quietNanos(
                made.step().startNanos(), result.times().responses(), stalls);
        Arrays.sort(quiet);
        return OptionalDouble.of(quiet[(int) Math.ceil(0.99 * quiet.length) - 1] / 1e6);
    }

    /**
     * Both sides count the requests. A held poll is always in flight, and so may be a request that nobody waits for any
     * more; after one of these the path's books stay open.
     *
     * @param settled whether all of this path's requests so far were answered
     */
    private void audit(Made made, boolean settled) {
        if (settled && made.reading().requests() != made.result().sent()) {
            invalid.add("%s at %s: %d requests sent, %d received"
                    .formatted(
                            path.id(),
                            RateUnit.ANY.readable(made.step().ratePerSecond()),
                            made.result().sent(),
                            made.reading().requests()));
        }
    }

    private CapacityStep row(Made made, Judgement judgement, CapacityStep.Circumstances circumstances) {
        LoadResult result = made.result();
        return new CapacityStep(
                path.id(),
                setting.driver().id(),
                made.step().ratePerSecond(),
                result.achievedPerSecond(),
                result.response().quantileMillis(0.5),
                result.response().quantileMillis(0.99),
                result.late().quantileMillis(0.99),
                result.errors(),
                judgement == Judgement.SUSTAINED,
                result.service().quantileMillis(0.5),
                result.service().quantileMillis(0.99),
                micros(result.cpuNanos(), result.completed()),
                micros(made.reading().cpuNanos(), result.completed()),
                judgement == Judgement.DRIVER_LATE,
                circumstances);
    }

    private static OptionalDouble micros(long nanos, long requests) {
        return requests == 0 ? OptionalDouble.empty() : OptionalDouble.of(nanos / 1e3 / requests);
    }
}
