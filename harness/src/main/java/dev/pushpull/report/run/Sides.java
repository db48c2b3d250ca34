package dev.pushpull.report.run;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.Optional;

/**
 * The two modes that the four claims are weighed by, and what they are called in a verdict.
 *
 * @param polling its consumers ask
 * @param webhook its provider sends
 */
record Sides(RunRecord run, Outcome polling, Outcome webhook) {
    /** Empty where not both sides were run. */
    static Optional<Sides> of(RunRecord run) {
        return Modes.polling(run)
                .flatMap(polling -> Modes.webhook(run).map(webhook -> new Sides(run, polling, webhook)));
    }

    Optional<Figure> ofPolling(String column) {
        return measured(polling, column);
    }

    Optional<Figure> ofWebhook(String column) {
        return measured(webhook, column);
    }

    private Optional<Figure> measured(Outcome outcome, String column) {
        return Optional.of(Figure.of(run, outcome, column, ""))
                .filter(figure -> figure.value().isPresent());
    }

    /** lambda*T. */
    double loadFactor() {
        return run.scenario().loadFactor();
    }

    double intervalMillis() {
        return run.scenario().polling().intervalNanos() / 1e6;
    }

    /** What the mode that asks is called: {@code polling}, say. */
    String asking() {
        return polling.traits().called();
    }

    /** What the mode that is told is called: {@code webhooks}, say. */
    String pushed() {
        return webhook.traits().called();
    }

    /** Why there is no figure of a mode that delivered nothing. */
    static String nothingBy(Outcome outcome) {
        return "nothing arrived by " + outcome.traits().called();
    }

    /** {@code the polls}, or whose where several modes poll. */
    String pollsOf(Outcome outcome) {
        return run.outcomes().stream().filter(Modes::polls).count() > 1
                ? "the polls of " + outcome.traits().called()
                : "the polls";
    }
}
