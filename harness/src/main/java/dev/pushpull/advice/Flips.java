package dev.pushpull.advice;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.AdviceRecord.Flip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the answer changes: for each input, the nearest value above and below at which another mode is the best, by
 * bisection on closed forms (docs/theory.md section 17). What only virtual time can tell has no part in it.
 */
final class Flips {
    /** So far away one looks. */
    private static final double FARTHEST = 100;

    private static final int STEPS = 6;
    private static final double CLOSE = 2e-5;

    private final Question question;

    Flips(Question question) {
        this.question = question;
    }

    /** Empty where the best itself has no closed form. */
    List<Flip> around(List<ModeAdvice> ranked) {
        ModeAdvice best = ranked.get(0);
        if (!best.feasible() || simulated(best)) {
            return List.of();
        }
        Set<DeliveryMode> without =
                ranked.stream().filter(Flips::simulated).map(ModeAdvice::mode).collect(Collectors.toSet());
        Question closed = question.withModes(question.modes().stream()
                .filter(mode -> !without.contains(mode))
                .toList());
        String now = winner(closed);
        return Input.of(closed).parallelStream()
                .flatMap(input -> List.of(flip(input, now, true), flip(input, now, false)).stream())
                .toList();
    }

    private static boolean simulated(ModeAdvice advice) {
        return advice.point()
                .filter(point -> point.figures().kind() != Figures.Kind.PREDICTED)
                .isPresent();
    }

    private static Flip flip(Input input, String now, boolean above) {
        OptionalDouble at = input.matters() ? at(input, now, above) : OptionalDouble.empty();
        String mode = at.isEmpty() ? now : winner(input.with().apply(at.getAsDouble()));
        return new Flip(
                input.name(),
                input.now(),
                input.words().apply(input.now()),
                at,
                at.isEmpty() ? "" : input.words().apply(at.getAsDouble()),
                above,
                mode);
    }

    /** The first value in this direction at which another mode is the best. */
    private static OptionalDouble at(Input input, String now, boolean above) {
        double same = input.now();
        for (int step = 1; step <= STEPS; step++) {
            double factor = Math.pow(FARTHEST, (double) step / STEPS);
            double value = clipped(input, above ? input.now() * factor : input.now() / factor);
            if (value == same) {
                return OptionalDouble.empty();
            }
            if (!winner(input.with().apply(value)).equals(now)) {
                return OptionalDouble.of(bisected(input, now, same, value));
            }
            same = value;
        }
        return OptionalDouble.empty();
    }

    private static double clipped(Input input, double value) {
        double within = Math.max(input.least(), Math.min(input.most(), value));
        return input.whole() ? Math.rint(within) : within;
    }

    private static double bisected(Input input, String now, double sameAt, double otherAt) {
        double same = sameAt;
        double other = otherAt;
        while (Math.abs(other - same) > (input.whole() ? 1 : CLOSE * Math.abs(same))) {
            double middle = input.whole() ? Math.rint((same + other) / 2) : Math.sqrt(same * other);
            if (middle == same || middle == other) {
                break;
            }
            if (winner(input.with().apply(middle)).equals(now)) {
                same = middle;
            } else {
                other = middle;
            }
        }
        return other;
    }

    /** The best mode by closed forms; empty when none is feasible. */
    static String winner(Question question) {
        List<ModeAdvice> feasible = new ArrayList<>();
        for (DeliveryMode mode : question.modes()) {
            if (ModeAdvice.exclusion(question, mode).isEmpty()) {
                ModeAdvice advice = Advisor.judged(question, mode, Effort.QUICK, false);
                if (advice.feasible()) {
                    feasible.add(advice);
                }
            }
        }
        Optional<ModeAdvice> best = feasible.stream().min(Advisor.order(question));
        return best.map(advice -> advice.mode().name()).orElse("");
    }
}
