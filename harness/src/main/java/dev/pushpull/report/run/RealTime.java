package dev.pushpull.report.run;

import dev.pushpull.report.run.FourClaims.Feature;
import dev.pushpull.report.run.FourClaims.Verdict;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.report.shared.Standing;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How late deliveries are. Polling waits T/2 on average and up to T (theory.md section 1); a webhook only takes its
 * way, unless it must be sent again.
 */
final class RealTime implements Feature {
    private static final String MEAN = "latency_mean_ms";
    private static final String MEDIAN = "latency_p50_ms";
    private static final String P99 = "latency_p99_ms";
    private static final String MAX = "latency_max_ms";

    @Override
    public String name() {
        return "Real-time";
    }

    @Override
    public String ofPolling() {
        return "Delayed by polling interval.";
    }

    @Override
    public String ofWebhooks() {
        return "Instant (as soon as event happens).";
    }

    @Override
    public List<Figure> figures(RunRecord run, Outcome outcome) {
        return List.of(mean(run, outcome), Figure.of(run, outcome, MEDIAN, "p50"), Figure.of(run, outcome, P99, "p99"));
    }

    private static Figure mean(RunRecord run, Outcome outcome) {
        Figure mean = Figure.of(run, outcome, MEAN, "mean");
        return Simulated.late(run, outcome, mean).contains(Simulated.NO_DELAY)
                ? Figure.of(run, outcome, MEAN, "mean (" + Simulated.NO_DELAY + ")")
                : mean;
    }

    @Override
    public Verdict verdict(Sides sides) {
        Optional<Figure> polling = sides.ofPolling(MEAN);
        Optional<Figure> webhook = sides.ofWebhook(MEAN);
        if (polling.isEmpty() && webhook.isEmpty()) {
            return new Verdict(
                    Standing.UNDECIDED,
                    Sentences.after("Too few deliveries to say: nothing arrived.", Losses.pending(sides.run())));
        }
        List<String> parts = new ArrayList<>();
        polling.ifPresent(mean -> parts.add(polled(sides, mean)));
        webhook.ifPresent(mean -> parts.add(pushed(sides, mean, polling)));
        if (polling.isPresent() && webhook.isPresent()) {
            parts.add(asQuickAs(sides, webhook.get()));
        }
        if (webhook.isEmpty()) {
            parts.add(Sides.nothingBy(sides.webhook()));
        }
        if (polling.isEmpty()) {
            parts.add(Sides.nothingBy(sides.polling()));
        }
        tail(sides).ifPresent(parts::add);
        String sentence = parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("; ")) + ".";
        return new Verdict(
                standing(sides, polling, webhook),
                Sentences.after(Sentences.capital(sentence), Losses.pending(sides.run())));
    }

    private static Standing standing(Sides sides, Optional<Figure> polling, Optional<Figure> webhook) {
        if (polling.isEmpty() || webhook.isEmpty()) {
            return Standing.UNDECIDED;
        }
        if (webhook.get().isBelow(polling.get())) {
            boolean limited =
                    tail(sides).isPresent() || sides.webhook().counts().missedInAll() > 0;
            return limited || !Modes.waitsForTheClock(sides.polling()) ? Standing.HOLDS_IN_PART : Standing.HOLDS;
        }
        return polling.get().isBelow(webhook.get()) ? Standing.FAILS : Standing.UNDECIDED;
    }

    private static String polled(Sides sides, Figure mean) {
        ModeTraits asking = sides.polling().traits();
        String late = asking.with("was ", "were ")
                + Simulated.lateOnAverage(sides.run(), sides.polling(), mean)
                + (Modes.waitsForTheClock(sides.polling())
                        ? ""
                        : ", because " + (asking.plural() ? "they wait" : "it waits") + " for no poll interval");
        if (!Modes.pollsEveryInterval(sides.polling())) {
            return late;
        }
        return late + " (T/2 is " + Decimals.settingMilliseconds(sides.intervalMillis() / 2) + ")"
                + sides.ofPolling(P99)
                        .map(p99 -> " and " + FigureText.value(p99) + " at p99 (T is "
                                + Decimals.settingMilliseconds(sides.intervalMillis()) + ")")
                        .orElse("");
    }

    private static String pushed(Sides sides, Figure mean, Optional<Figure> polling) {
        StringBuilder text = new StringBuilder(sides.webhook().traits().with("was ", "were ")
                + Simulated.lateOnAverage(sides.run(), sides.webhook(), mean));
        polling.ifPresent(other -> {
            double ratio = other.value().getAsDouble() / mean.value().getAsDouble();
            if (mean.isBelow(other)) {
                text.append(Double.isFinite(ratio) ? ", " + Decimals.times(ratio) + " times sooner" : "");
            } else if (other.isBelow(mean)) {
                text.append(", later than ").append(sides.asking());
            } else {
                text.append(", a difference this run cannot tell");
            }
        });
        OptionalDouble floor = sides.run().scenario().wire().rttNanos() > 0
                ? OptionalDouble.empty() // a round trip on loopback says nothing about a distant path
                : sides.run().noise().floorRoundTrip().quantileMillis(0.5);
        sides.ofWebhook(MEDIAN)
                .filter(median -> !Simulated.pushesInNoTime(sides.run()))
                .ifPresent(median -> {
                    text.append(", p50 ").append(FigureText.value(median));
                    if (floor.isPresent() && floor.getAsDouble() > 0) {
                        text.append(" or %s times a bare round trip (%s)"
                                .formatted(
                                        Decimals.times(median.value().getAsDouble() / floor.getAsDouble()),
                                        Decimals.milliseconds(floor.getAsDouble())));
                    }
                    if (median.belowNoise()) {
                        text.append(", below the machine's noise");
                    }
                });
        return text.toString();
    }

    /** The interval at which polling would be equally early: T/2 + v = the webhooks' mean. */
    private static String asQuickAs(Sides sides, Figure webhook) {
        if (!Modes.pollsEveryInterval(sides.polling()) || Modes.isCutOff(sides.run())) {
            return "";
        }
        double responseMillis = sides.run().scenario().network().pollResponseNanos() / 1e6;
        double interval = 2 * (webhook.value().getAsDouble() - responseMillis);
        return interval > 0
                ? sides.asking() + " would be as early at an interval of " + Decimals.milliseconds(interval)
                : "no interval would make " + sides.asking() + " as early";
    }

    /** Where "instant" ends: a tail longer than that of polling. */
    private static Optional<String> tail(Sides sides) {
        Optional<Figure> latest = sides.ofWebhook(MAX);
        Optional<Figure> latestPolled = sides.ofPolling(MAX);
        boolean beyond = latest.isPresent()
                && latestPolled.isPresent()
                && latest.get().value().getAsDouble()
                        > latestPolled.get().value().getAsDouble();
        return beyond
                ? Optional.of("but the latest of the %s came after %s, later than any event by %s (%s)"
                        .formatted(
                                sides.pushed(),
                                FigureText.value(latest.get()),
                                sides.asking(),
                                FigureText.value(latestPolled.get())))
                : Optional.empty();
    }
}
