package dev.pushpull.advice;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.AdviceRecord.Flip;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the answer changes: for each input, the nearest value above and below at which another mode is the best, by
 * bisection (docs/theory.md section 17). On closed forms alone where the best has one; then what only virtual time can
 * tell has no part in it. Otherwise in virtual time, with the seed of the answer, as long as that takes few enough runs.
 */
public final class Flips {
    /** So far away one looks. */
    private static final double FARTHEST = 100;

    private static final int STEPS = 6;
    private static final double CLOSE = 5e-4;

    /** Runs in virtual time have settings that are no closer than this. */
    private static final double CLOSE_WHEN_SIMULATED = 0.02;

    /** In virtual time one looks no farther after so many runs. */
    static final long MOST_RUNS = 1200;

    /** Or after so many deliveries and requests in them. */
    private static final long MOST_STEPS = 40_000_000;

    /** How far one looks where only virtual time knows the answer. */
    public enum Patience {
        /** As far as a limited number of runs goes, so that an answer takes seconds. */
        LIMITED,
        /** Everywhere, however long it takes. */
        UNLIMITED
    }

    private final Question question;
    private final boolean virtually;
    private final Patience patience;
    private long mostRuns;
    private long mostSteps;

    private Flips(Question question, boolean virtually, Patience patience) {
        this.question = question;
        this.virtually = virtually;
        this.patience = patience;
    }

    static List<Flip> around(Question question, List<ModeAdvice> ranked, Patience patience) {
        ModeAdvice best = ranked.get(0);
        if (!best.feasible()) {
            return List.of();
        }
        if (simulated(best)) {
            return new Flips(question, true, patience).all();
        }
        Set<DeliveryMode> without =
                ranked.stream().filter(Flips::simulated).map(ModeAdvice::mode).collect(Collectors.toSet());
        return new Flips(
                        question.withModes(question.modes().stream()
                                .filter(mode -> !without.contains(mode))
                                .toList()),
                        false,
                        patience)
                .all();
    }

    private List<Flip> all() {
        String now = winner(question, virtually);
        List<Input> inputs = Input.of(question);
        if (!virtually) {
            return inputs.parallelStream().flatMap(input -> both(input, now)).toList();
        }
        // One after another, so that the same are left out each time. What needs no new runs comes first: of what is
        // left to spend, each gets its share of those that are still to come.
        Memo.Work before = question.memo().work();
        List<Flip> flips = new ArrayList<>();
        for (Input input :
                inputs.stream().sorted(Comparator.comparing(Input::changesRuns)).toList()) {
            for (boolean above : new boolean[] {true, false}) {
                Memo.Work spent = question.memo().work();
                int toCome = 2 * inputs.size() - flips.size();
                mostRuns = spent.runs() + share(MOST_RUNS - spent.runs() + before.runs(), toCome);
                mostSteps = spent.steps() + share(MOST_STEPS - spent.steps() + before.steps(), toCome);
                flips.add(flip(input, now, above));
            }
        }
        List<String> order = inputs.stream().map(Input::name).toList();
        return flips.stream()
                .sorted(Comparator.comparingInt(flip -> order.indexOf(flip.input())))
                .toList();
    }

    private Stream<Flip> both(Input input, String now) {
        return Stream.of(flip(input, now, true), flip(input, now, false));
    }

    private boolean spent() {
        Memo.Work now = question.memo().work();
        return patience == Patience.LIMITED && (now.runs() >= mostRuns || now.steps() >= mostSteps);
    }

    private static long share(long left, int among) {
        return Math.max(0, left) / among;
    }

    private static boolean simulated(ModeAdvice advice) {
        return advice.point()
                .filter(point -> point.figures().kind() != Figures.Kind.PREDICTED)
                .isPresent();
    }

    private Flip flip(Input input, String now, boolean above) {
        Found found = input.matters() ? found(input, now, above) : new Found(OptionalDouble.empty(), now, true);
        return new Flip(
                input.name(),
                input.now(),
                input.words().apply(input.now()),
                found.at(),
                found.at().isEmpty()
                        ? ""
                        : input.words().apply(rounded(found.at().getAsDouble())),
                above,
                found.mode(),
                found.looked() ? (virtually ? Figures.Kind.SIMULATED : Figures.Kind.PREDICTED).text() : "");
    }

    /** No flip is known to more digits. */
    private static double rounded(double at) {
        return new BigDecimal(at).round(new MathContext(3)).doubleValue();
    }

    /** @param looked whether one looked as far as one wanted */
    private record Found(OptionalDouble at, String mode, boolean looked) {}

    /** The first value in this direction at which another mode is the best. */
    private Found found(Input input, String now, boolean above) {
        Found none = new Found(OptionalDouble.empty(), now, true);
        double same = input.now();
        for (int step = 1; step <= STEPS; step++) {
            double factor = Math.pow(FARTHEST, (double) step / STEPS);
            double value = clipped(input, above ? input.now() * factor : input.now() / factor);
            if (value == same) {
                return none;
            }
            if (virtually && spent()) {
                return new Found(OptionalDouble.empty(), now, false);
            }
            String mode = winner(input.with().apply(value), virtually);
            if (!mode.equals(now)) {
                return bisected(input, now, same, value, mode);
            }
            same = value;
        }
        return none;
    }

    private static double clipped(Input input, double value) {
        double within = Math.max(input.least(), Math.min(input.most(), value));
        return input.whole() ? Math.rint(within) : within;
    }

    private Found bisected(Input input, String now, double sameAt, double otherAt, String otherMode) {
        double same = sameAt;
        double other = otherAt;
        String mode = otherMode;
        double close = virtually ? CLOSE_WHEN_SIMULATED : CLOSE;
        while (Math.abs(other - same) > Math.max(input.whole() ? 1 : 0, close * Math.abs(same))) {
            double middle = input.whole() ? Math.rint((same + other) / 2) : Math.sqrt(same * other);
            if (middle == same || middle == other) {
                break;
            }
            String there = winner(input.with().apply(middle), virtually);
            if (there.equals(now)) {
                same = middle;
            } else {
                other = middle;
                mode = there;
            }
        }
        return new Found(OptionalDouble.of(other), mode, true);
    }

    /** The best mode; empty when none is feasible. */
    static String winner(Question question, boolean virtually) {
        List<DeliveryMode> modes = question.modes().stream()
                .filter(mode -> ModeAdvice.exclusion(question, mode).isEmpty())
                .toList();
        Optional<ModeAdvice> best = (virtually ? modes.parallelStream() : modes.stream())
                .map(mode -> Advisor.judged(question, mode, Effort.QUICK, virtually))
                .filter(ModeAdvice::feasible)
                .min(Advisor.order(question));
        return best.map(advice -> advice.mode().name()).orElse("");
    }
}
