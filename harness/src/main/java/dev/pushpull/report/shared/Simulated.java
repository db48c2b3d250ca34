package dev.pushpull.report.shared;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.stream.Collectors;

/** What has to be said otherwise of a run in virtual time. */
public final class Simulated {
    public static final String NO_DELAY = "network delay taken as 0";

    private Simulated() {}

    /** The one word or the other. */
    public static String named(RunRecord run, String measured, String simulated) {
        return run.simulated() ? simulated : measured;
    }

    /** Whether nothing that is pushed takes any time on its way, because nobody said how long. */
    public static boolean pushesInNoTime(RunRecord run) {
        return run.simulated()
                && run.scenario().wire().rttNanos() == 0
                && run.scenario().network().webhookNanos() == 0
                && run.scenario().network().drawn(Scenario.Leg.WEBHOOK).isEmpty();
    }

    /** Whether no answer to a poll takes any time on its way. */
    static boolean answersInNoTime(RunRecord run) {
        return run.simulated()
                && run.scenario().wire().rttNanos() == 0
                && run.scenario().network().pollResponseNanos() == 0
                && run.scenario().network().drawn(Scenario.Leg.POLL_RESPONSE).isEmpty();
    }

    /** To be appended to what was asked; empty where every way has a length. */
    public static String delay(RunRecord run) {
        boolean pushes = run.outcomes().stream().anyMatch(Modes::pushes);
        boolean polls = run.outcomes().stream().anyMatch(Modes::polls);
        boolean pushed = pushes && pushesInNoTime(run);
        boolean polled = polls && answersInNoTime(run);
        if (!pushed && !polled) {
            return "";
        }
        boolean all = pushed == pushes && polled == polls;
        return ", " + (all ? NO_DELAY : NO_DELAY.replace("taken", "of " + (pushed ? sent(run) : "answers") + " taken"));
    }

    /** What is on its way when nobody has asked. */
    private static String sent(RunRecord run) {
        String modes = run.outcomes().stream()
                .filter(outcome -> Modes.pushes(outcome) && !Modes.polls(outcome))
                .map(outcome -> outcome.traits().called())
                .distinct()
                .collect(Collectors.joining(" and "));
        return modes.isEmpty() ? "what is sent" : modes;
    }

    /** In brackets, what latencies do not hold; empty where they hold all. */
    public static String aside(RunRecord run) {
        String delay = delay(run);
        return delay.isEmpty() ? "" : " (" + delay.substring(2) + ")";
    }

    /** {@code 250 ms late}; a figure of 0 is none where it only says that nobody gave a network. */
    public static String late(RunRecord run, Outcome outcome, Figure latency) {
        return isUnknown(run, outcome, latency) ? "not late (" + NO_DELAY + ")" : FigureText.value(latency) + " late";
    }

    /** {@code 250 ms late on average}; what is never late has no average. */
    public static String lateOnAverage(RunRecord run, Outcome outcome, Figure mean) {
        return late(run, outcome, mean) + (isUnknown(run, outcome, mean) ? "" : " on average");
    }

    /** {@code 2 ms late instead of 250 ms}. */
    public static String sooner(RunRecord run, Outcome outcome, Figure latency, Figure other) {
        return late(run, outcome, latency) + " instead of " + FigureText.value(other)
                + (isUnknown(run, outcome, latency) ? " late" : "");
    }

    private static boolean isUnknown(RunRecord run, Outcome outcome, Figure latency) {
        return latency.value().orElse(1) == 0 && (Modes.pushes(outcome) ? pushesInNoTime(run) : answersInNoTime(run));
    }
}
