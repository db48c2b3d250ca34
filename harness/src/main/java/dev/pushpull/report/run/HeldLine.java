package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TimelineSecond;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The connections that one mode held open over time, at the end of each second, as a staircase.
 *
 * @param x seconds from the start at which a second ends
 * @param y connections held open then
 */
record HeldLine(String name, int colour, List<Double> x, List<Long> y) {
    /** A staircase with more steps than this shows no more. */
    private static final int MOST_STEPS = 600;

    /** The lines of the modes that held any. */
    static List<HeldLine> of(RunRecord run) {
        return drawn(run).stream().map(outcome -> of(run, outcome)).toList();
    }

    private static List<Outcome> drawn(RunRecord run) {
        return run.outcomes().stream()
                .filter(outcome -> measured(run, outcome).stream().anyMatch(second -> second.heldConnections() > 0))
                .toList();
    }

    /** The seconds of the measured time; of trials one after another all, whose ends lie in between. */
    private static List<TimelineSecond> measured(RunRecord run, Outcome outcome) {
        boolean severalTrials = outcome.conditions().measuredNanos() > run.measuredNanos();
        return outcome.timeline().stream()
                .filter(second -> severalTrials || second.second() * 1_000_000_000L < run.measuredNanos())
                .toList();
    }

    /** Of a long run only every so many seconds. */
    private static HeldLine of(RunRecord run, Outcome outcome) {
        List<Double> x = new ArrayList<>();
        List<Long> y = new ArrayList<>();
        List<TimelineSecond> seconds = measured(run, outcome);
        int every = 1 + seconds.size() / MOST_STEPS;
        for (int i = 0; i < seconds.size(); i++) {
            if (i % every == every - 1 || i == seconds.size() - 1) {
                x.add(seconds.get(i).second() + 1.0);
                y.add(seconds.get(i).heldConnections());
            }
        }
        return new HeldLine(Modes.title(run, outcome), Modes.colour(run, outcome), x, y);
    }

    /** {@code Event streams held 20 connections all the time, WebSockets 17 to 20}; empty when nobody held any. */
    static String finding(RunRecord run) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        for (Outcome outcome : drawn(run)) {
            named.computeIfAbsent(range(run, outcome), range -> new ArrayList<>())
                    .add(outcome.traits().called());
        }
        StringBuilder text = new StringBuilder();
        named.forEach((range, modes) -> text.append(text.isEmpty() ? "" : ", ")
                .append(Sentences.listed(modes))
                .append(' ')
                .append(range));
        return text.isEmpty() ? "" : "Connections held open: " + text;
    }

    /** {@code 20 all the time} or {@code 17 to 20}. */
    private static String range(RunRecord run, Outcome outcome) {
        long least = Long.MAX_VALUE;
        long most = 0;
        for (TimelineSecond second : measured(run, outcome)) {
            least = Math.min(least, second.heldConnections());
            most = Math.max(most, second.heldConnections());
        }
        return least == most
                ? Decimals.count(least) + " all the time"
                : Decimals.count(least) + " to " + Decimals.count(most);
    }
}
