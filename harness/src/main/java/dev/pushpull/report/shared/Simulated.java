package dev.pushpull.report.shared;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.stream.Collectors;

/** Wording that differs for a run in virtual time. */
public final class Simulated {
    public static final String NO_DELAY = "network delay taken as 0";

    private Simulated() {}

    /** One word or the other. */
    public static String named(RunRecord run, String measured, String simulated) {
        return run.simulated() ? simulated : measured;
    }

    /** Whether everything pushed arrives at once, because nobody gave a delay. */
    public static boolean pushesInNoTime(RunRecord run) {
        return run.simulated()
                && run.scenario().wire().rttNanos() == 0
                && run.scenario().network().webhookNanos() == 0
                && run.scenario().network().drawn(Scenario.Leg.WEBHOOK).isEmpty();
    }

    /** Whether every answer to a poll arrives at once. */
    static boolean answersInNoTime(RunRecord run) {
        return run.simulated()
                && run.scenario().wire().rttNanos() == 0
                && run.scenario().network().pollResponseNanos() == 0
                && run.scenario().network().drawn(Scenario.Leg.POLL_RESPONSE).isEmpty();
    }

    /** Appended to the question; empty where every leg has a length. */
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

    /** The legs that nobody gave a length. */
    private static String sent(RunRecord run) {
        String modes = run.outcomes().stream()
                .filter(outcome -> Modes.pushes(outcome) && !Modes.polls(outcome))
                .map(outcome -> outcome.traits().called())
                .distinct()
                .collect(Collectors.joining(" and "));
        return modes.isEmpty() ? "what is sent" : modes;
    }

    /** What latencies do not include, in brackets; empty when they include everything. */
    public static String aside(RunRecord run) {
        String delay = delay(run);
        return delay.isEmpty() ? "" : " (" + delay.substring(2) + ")";
    }

    /** {@code 250 ms late}; a figure of 0 says nothing when it only means that nobody gave a network. */
    public static String late(RunRecord run, Outcome outcome, Figure latency) {
        return isUnknown(run, outcome, latency) ? "not late (" + NO_DELAY + ")" : FigureText.value(latency) + " late";
    }

    /** {@code 250 ms late on average}; a delay that is always 0 has no average. */
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
