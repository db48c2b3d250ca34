package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.SenderText;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.report.shared.WireText;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;

/** The result of a run, in a sentence. */
final class Answer {
    private Answer() {}

    /** Which mode to take, and why, together with what was lost or is doubtful. */
    static String sentence(RunRecord run) {
        if (!run.valid()) {
            return "This run is invalid: its figures answer nothing.";
        }
        return Sentences.after(answer(run), Losses.of(run), Losses.pending(run));
    }

    private static String answer(RunRecord run) {
        if (Modes.eventless(run)) {
            return "No event occurred, so there was nothing to deliver and this run answers nothing.";
        }
        return run.outcomes().isEmpty() ? "Nothing was run." : Headline.of(run);
    }

    /** How often consumers poll; empty when none waits for a clock, because then the interval means nothing. */
    private static String polled(RunRecord run) {
        Scenario scenario = run.scenario();
        return run.outcomes().stream().anyMatch(Modes::waitsForTheClock)
                ? ", polled every %s (λT = %s)"
                        .formatted(
                                Decimals.duration(scenario.polling().intervalNanos()),
                                Decimals.setting(scenario.loadFactor()))
                : "";
    }

    /** The question: events, interval, consumers. */
    static String scenario(RunRecord run) {
        Scenario scenario = run.scenario();
        return "%s events at %s a stream%s, %s %s%s%s; %s, seed %d"
                .formatted(
                        scenario.events().arrivals().called(),
                        scenario.events().readableRate(),
                        polled(run),
                        Decimals.count(scenario.events().consumers()),
                        scenario.events().consumers() == 1 ? "consumer" : "consumers",
                        scenario.events().streams() == Scenario.Streams.SHARED
                                ? " with one shared stream"
                                : scenario.events().consumers() == 1
                                        ? " with a stream of its own"
                                        : ", each with a stream of its own",
                        WireText.appended(scenario.wire()) + SenderText.appended(run),
                        (run.trials() > 1 ? Decimals.count(run.trials()) + " trials of " : "")
                                + (run.simulated()
                                        ? Decimals.span(run.measuredNanos()) + " simulated" + Simulated.delay(run)
                                        : Decimals.span(run.measuredNanos()) + " measured"),
                        scenario.run().seed());
    }
}
