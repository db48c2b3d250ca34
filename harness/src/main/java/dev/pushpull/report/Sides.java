package dev.pushpull.report;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.Locale;
import java.util.Optional;

/** The two modes a verdict weighs, and what they are called in it; either may not have been run. */
record Sides(RunRecord run, Optional<Outcome> polling, Optional<Outcome> webhook) {
    static Sides of(RunRecord run) {
        return new Sides(run, Modes.polling(run), Modes.webhook(run));
    }

    Optional<Figure> ofPolling(String column) {
        return measured(polling, column);
    }

    Optional<Figure> ofWebhook(String column) {
        return measured(webhook, column);
    }

    private Optional<Figure> measured(Optional<Outcome> outcome, String column) {
        return outcome.map(present -> Figure.of(run, present, column, ""))
                .filter(figure -> figure.value().isPresent());
    }

    /** Whether no event occurred at all, so that there was nothing to be late or dear. */
    boolean eventless() {
        return eventless(run);
    }

    static boolean eventless(RunRecord run) {
        return !run.outcomes().isEmpty()
                && run.outcomes().stream().allMatch(outcome -> outcome.counts().events() == 0);
    }

    /** lambda*T. */
    double loadFactor() {
        return run.scenario().loadFactor();
    }

    double intervalMillis() {
        return run.scenario().polling().intervalNanos() / 1e6;
    }

    /** What the mode that asks is called: {@code polling}, {@code adaptive-polling}. */
    String asking() {
        return polling.map(outcome -> Modes.title(run, outcome)).orElse("polling");
    }

    /** What the mode that is told is called, in the plural: {@code webhooks}, {@code hybrid deliveries}. */
    String pushed() {
        return onlyPushes() ? "webhooks" : pushing() + " deliveries";
    }

    /** The same as a way: {@code webhook}, {@code hybrid}. */
    String pushing() {
        return onlyPushes()
                ? "webhook"
                : webhook.map(outcome -> Modes.title(run, outcome)).orElseThrow();
    }

    /** Whether the mode that is told does not ask beside. */
    boolean onlyPushes() {
        return webhook.filter(Modes::polls).isEmpty();
    }

    /** Why there is no figure of a mode that is told. */
    String withoutWebhooks() {
        return webhook.isEmpty()
                ? "webhooks were not run"
                : onlyPushes() ? "no webhook arrived" : "no " + pushing() + " delivery arrived";
    }

    /** Why there is no figure of a mode that asks and does nothing else. */
    String withoutPolling() {
        if (polling.isPresent()) {
            return "no poll of " + asking() + " brought an event";
        }
        return run.outcomes().stream().anyMatch(Modes::polls) ? "polling by itself was not run" : "polling was not run";
    }

    /** {@code the polls}, or whose where several modes poll. */
    String pollsOf(Outcome outcome) {
        return run.outcomes().stream().filter(Modes::polls).count() > 1
                ? "the polls of " + Modes.title(run, outcome)
                : "the polls";
    }

    /** With a capital at its beginning. */
    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
