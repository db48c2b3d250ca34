package dev.pushpull.report.capacity;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.CapacityFinding;
import dev.pushpull.scenario.CapacityFinding.Limit;
import dev.pushpull.scenario.CapacityRecord;
import dev.pushpull.scenario.CapacityStep;
import dev.pushpull.scenario.Slo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Optional;

/**
 * The findings of a search for capacity in words: the titles of the page and of its charts. Rates have two digits: a
 * search does not know more of them.
 */
final class CapacityWords {
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_EVEN);

    private CapacityWords() {}

    /** {@code while p99 stays under 20 ms}. */
    static String condition(Slo slo) {
        return "while " + slo.named() + " stays under " + bound(slo);
    }

    /** {@code 20 ms}. */
    static String bound(Slo slo) {
        return Decimals.settingMilliseconds(slo.boundNanos() / 1e6);
    }

    /** {@code 90,000/s}. */
    static String rate(double perSecond) {
        return rounded(perSecond) + "/s";
    }

    private static String rounded(double perSecond) {
        return Decimals.setting(new BigDecimal(perSecond).round(TWO_DIGITS).doubleValue());
    }

    /** A path's answer: {@code 30,000/s}, {@code at least 5,400/s}, {@code none}. */
    static String rate(CapacityFinding finding) {
        if (finding.perSecond().isEmpty()) {
            return "none";
        }
        return (isOnlyALeast(finding) ? "at least " : "")
                + rate(finding.perSecond().getAsDouble());
    }

    /** {@code 25,000 to 36,000}; empty where no interval is claimed. */
    static Optional<String> interval(CapacityFinding finding) {
        return finding.answer()
                .interval()
                .map(rate -> rounded(rate.lowPerSecond()) + " to " + rounded(rate.highPerSecond()));
    }

    /** Whether the path may carry more than was found. */
    static boolean isOnlyALeast(CapacityFinding finding) {
        return finding.limit() == Limit.DRIVER
                || finding.limit() == Limit.HIGHEST_TRIED
                || finding.limit() == Limit.UNFINISHED;
    }

    /** What prevented a higher rate. */
    static String limit(Slo slo, CapacityFinding finding) {
        return switch (finding.limit()) {
            case BOUND -> "limited by " + slo.named();
            case DRIVER -> "limited by the load generator";
            case UNMET ->
                "%s exceeds %s even at the lowest step, %s"
                        .formatted(slo.named(), bound(slo), rate(finding.lowestTriedPerSecond()));
            case HIGHEST_TRIED -> "no higher rate was tried";
            case UNFINISHED -> finding.perSecond().isPresent() ? "interrupted, so not sure" : "interrupted";
        };
    }

    /** The whole search in one sentence, without its end. */
    static String heading(CapacityRecord run) {
        Optional<CapacityFinding> most = best(run, Comparator.naturalOrder());
        Optional<CapacityFinding> least = best(run, Comparator.reverseOrder());
        if (most.isEmpty()) {
            return "No path sustained any step " + condition(run.slo());
        }
        String start = Sentences.capital(condition(run.slo()))
                + (run.means().overHosts() ? ", these hosts carry " : ", this machine carries ");
        return most.get() == least.get()
                ? start
                        + "%s (%s%s)"
                                .formatted(
                                        rate(most.get()),
                                        most.get().path(),
                                        interval(most.get())
                                                .map(", 95 %% interval %s"::formatted)
                                                .orElse(""))
                : start
                        + "from %s (%s) to %s (%s)"
                                .formatted(
                                        rate(least.get()),
                                        least.get().path(),
                                        rate(most.get()),
                                        most.get().path());
    }

    /** The overview: how far apart the paths are. */
    static String overview(CapacityRecord run) {
        Optional<CapacityFinding> most = best(run, Comparator.naturalOrder());
        Optional<CapacityFinding> least = best(run, Comparator.reverseOrder());
        if (most.isEmpty() || most.get() == least.get()) {
            return "What each path carries " + condition(run.slo());
        }
        if (isOnlyALeast(least.get())) { // it may carry more than any other
            return "%s carries the most that was found, %s the least"
                    .formatted(most.get().path(), least.get().path());
        }
        double times =
                most.get().perSecond().getAsDouble() / least.get().perSecond().getAsDouble();
        return "%s carries %s%s times as much as %s"
                .formatted(
                        most.get().path(),
                        isOnlyALeast(most.get()) ? "at least " : "",
                        rounded(times),
                        least.get().path());
    }

    private static Optional<CapacityFinding> best(CapacityRecord run, Comparator<Double> order) {
        return run.findings().stream()
                .filter(finding -> finding.perSecond().isPresent())
                .max(Comparator.comparing(finding -> finding.perSecond().getAsDouble(), order));
    }

    /** Latency against load: p99 at the sustained step next to the answer, and at the next one that was not. */
    static String latency(CapacityFinding finding) {
        Optional<CapacityStep> best =
                finding.best().filter(step -> step.latencyP99Millis().isPresent());
        double sustained = best.map(CapacityStep::offeredPerSecond).orElse(0.0);
        Optional<CapacityStep> beyond = finding.steps().stream()
                .filter(step -> !step.sustained() && !step.driverLate() && step.offeredPerSecond() > sustained)
                .filter(step -> step.latencyP99Millis().isPresent())
                .min(Comparator.comparingDouble(CapacityStep::offeredPerSecond));
        if (best.isEmpty() && beyond.isEmpty()) {
            return finding.path() + ": too few answers to tell";
        }
        return finding.path() + ": p99 "
                + best.map(CapacityWords::at).orElse("")
                + (best.isPresent() && beyond.isPresent() ? ", " : "")
                + beyond.map(step -> best.map(sustainedStep -> justBeyond(sustainedStep, step))
                                .orElse(at(step)))
                        .orElse("");
    }

    private static String at(CapacityStep step) {
        return Decimals.milliseconds(step.latencyP99Millis().getAsDouble()) + " at " + rate(step.offeredPerSecond());
    }

    /** A little more load, which two digits do not show. */
    private static String justBeyond(CapacityStep best, CapacityStep beyond) {
        return rate(best.offeredPerSecond()).equals(rate(beyond.offeredPerSecond()))
                ? Decimals.milliseconds(beyond.latencyP99Millis().getAsDouble()) + " just above it"
                : at(beyond);
    }

    /** The posterior: where the answer lies. */
    static String belief(CapacityFinding finding) {
        return finding.answer()
                .interval()
                .map(rate -> "%s carries %s to %s with 95 %% probability"
                        .formatted(finding.path(), rounded(rate.lowPerSecond()), rate(rate.highPerSecond())))
                .orElse(finding.path());
    }
}
