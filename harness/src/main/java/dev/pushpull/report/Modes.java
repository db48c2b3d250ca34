package dev.pushpull.report;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.List;
import java.util.Optional;

/** Which of a run's modes stand for the document's two columns. */
final class Modes {
    private static final String POLLING = "polling";
    private static final String WEBHOOK = "webhook";

    private Modes() {}

    /** Plain polling, or the first mode that polls in some way. */
    static Optional<Outcome> polling(RunRecord run) {
        return run.outcome(POLLING)
                .or(() -> run.outcomes().stream()
                        .filter(outcome -> outcome.mode().contains(POLLING))
                        .findFirst());
    }

    static Optional<Outcome> webhook(RunRecord run) {
        return run.outcome(WEBHOOK);
    }

    /** All that stand for neither column, further trials included. */
    static List<Outcome> others(RunRecord run) {
        Outcome polling = polling(run).orElse(null);
        Outcome webhook = webhook(run).orElse(null);
        return run.outcomes().stream()
                .filter(outcome -> outcome != polling && outcome != webhook)
                .toList();
    }

    /** The mode's name, with the number of the trial where there are several. */
    static String title(RunRecord run, Outcome outcome) {
        boolean several = run.outcomes().stream().anyMatch(other -> other.trial() != outcome.trial());
        return several ? outcome.mode() + " #" + outcome.trial() : outcome.mode();
    }

    /** Whether it polls once every interval T, so that T/2 and lambda*T say something about it. */
    static boolean pollsEveryInterval(Outcome outcome) {
        return outcome.mode().equals(POLLING) || outcome.mode().equals("conditional-polling");
    }

    /** Whether events wait for the consumer to ask, rather than a request for them. */
    static boolean waitsForTheClock(Outcome outcome) {
        return !outcome.mode().equals("long-polling");
    }
}
