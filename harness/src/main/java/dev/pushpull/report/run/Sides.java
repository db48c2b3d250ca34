package dev.pushpull.report.run;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.Optional;

/**
 * The two modes that the four claims compare, and their names in a verdict.
 *
 * @param polling the mode whose consumers poll
 * @param webhook the mode whose provider sends
 */
record Sides(RunRecord run, Outcome polling, Outcome webhook) {
    /** Empty when the run lacks either. */
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

    /** The polling mode's name, for instance {@code polling}. */
    String asking() {
        return polling.traits().called();
    }

    /** The sending mode's name, for instance {@code webhooks}. */
    String pushed() {
        return webhook.traits().called();
    }

    /** Why a mode that delivered nothing has no figure. */
    static String nothingBy(Outcome outcome) {
        return "nothing arrived by " + outcome.traits().called();
    }

    /** {@code the polls}, or whose polls when several modes poll. */
    String pollsOf(Outcome outcome) {
        return run.outcomes().stream().filter(Modes::polls).count() > 1
                ? "the polls of " + outcome.traits().called()
                : "the polls";
    }
}
