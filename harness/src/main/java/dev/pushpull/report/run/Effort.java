package dev.pushpull.report.run;

import dev.pushpull.report.run.FourClaims.Feature;
import dev.pushpull.report.run.FourClaims.Verdict;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Standing;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.Optional;

/**
 * Requests a delivery. Polling makes 1/(lambda*T), webhooks the attempts a delivery takes; they are equal at lambda*T =
 * 1/attempts (theory.md section 4).
 */
final class Effort implements Feature {
    private static final String COLUMN = "requests_per_delivery";

    /** Up to this many attempts a delivery, "sends once" is true enough for a reader. */
    private static final double ONCE = 1.005;

    @Override
    public String name() {
        return "Effort";
    }

    @Override
    public String ofPolling() {
        return "Client asks repeatedly.";
    }

    @Override
    public String ofWebhooks() {
        return "Server sends once.";
    }

    @Override
    public List<Figure> figures(RunRecord run, Outcome outcome) {
        return List.of(Figure.of(run, outcome, COLUMN, "requests per delivered event"));
    }

    @Override
    public Verdict verdict(Sides sides) {
        Optional<Figure> polling = sides.ofPolling(COLUMN);
        Optional<Figure> webhook = sides.ofWebhook(COLUMN);
        if (polling.isPresent() && webhook.isPresent()) {
            return both(sides, polling.get(), webhook.get());
        }
        String missing = polling.isPresent() ? Sides.nothingBy(sides.webhook()) : Sides.nothingBy(sides.polling());
        return new Verdict(Standing.UNDECIDED, "Too few deliveries to say: " + missing + ".");
    }

    /** Theory's value for polling, when other events than those due have changed it. */
    private static String moved(Sides sides, Figure polling) {
        String why = VeryEvents.appended(sides.run(), sides.polling(), polling);
        return why.isEmpty() ? "" : ", expected " + FigureText.expectedValue(polling) + why;
    }

    private static Verdict both(Sides sides, Figure polling, Figure webhook) {
        double asks = polling.value().getAsDouble();
        double sends = webhook.value().getAsDouble();
        boolean once = sends <= ONCE;
        String figures = "%s requests per delivered event against %s by %s"
                .formatted(FigureText.value(polling), FigureText.value(webhook), sides.pushed());
        String asking = Sentences.capital(sides.asking());
        if (webhook.isBelow(polling)) {
            return new Verdict(
                    once ? Standing.HOLDS : Standing.HOLDS_IN_PART,
                    "%s made %s times as many requests: %s%s%s."
                            .formatted(
                                    asking,
                                    Decimals.times(asks / sends),
                                    figures + moved(sides, polling),
                                    once || !retried(sides) ? "" : ", so not sent once but retried",
                                    crossing(sides, sends)));
        }
        if (polling.isBelow(webhook)) {
            return new Verdict(
                    Standing.FAILS,
                    "%s made %s times fewer requests: %s%s%s."
                            .formatted(
                                    asking,
                                    Decimals.times(sends / asks),
                                    figures + moved(sides, polling),
                                    asks < 1
                                            ? ", because one "
                                                    + (sides.polling().counts().polls() > 0 ? "poll" : "request")
                                                    + " carries several events"
                                            : retried(sides)
                                                    ? ", because "
                                                            + sides.webhook()
                                                                    .traits()
                                                                    .with("was", "were") + " retried"
                                                    : "",
                                    crossing(sides, sends)));
        }
        return new Verdict(
                Standing.UNDECIDED,
                "No difference that this run could tell: %s%s."
                        .formatted(figures + moved(sides, polling), crossing(sides, sends)));
    }

    private static boolean retried(Sides sides) {
        Outcome.Counts counts = sides.webhook().counts();
        return counts.attempts() > ONCE * counts.expected();
    }

    /** Where the two are equal, and where this run stands. */
    private static String crossing(Sides sides, double attempts) {
        if (!Modes.pollsEveryInterval(sides.polling()) || attempts <= 0) {
            return "";
        }
        double even = attempts <= ONCE ? 1 : 1 / attempts;
        double intervalSeconds = sides.intervalMillis() / 1e3;
        return "; %s and %s make as many at λT = %s (here %s), at this interval a rate of %s a stream; above it %s makes fewer"
                .formatted(
                        sides.asking(),
                        sides.pushed(),
                        Decimals.setting(even),
                        Decimals.setting(sides.loadFactor()),
                        sides.run().scenario().events().rateUnit().readable(even / intervalSeconds),
                        sides.asking());
    }
}
