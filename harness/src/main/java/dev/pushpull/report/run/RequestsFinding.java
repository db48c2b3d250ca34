package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.TimelineSecond;
import java.util.List;

/** What the charts of requests over time show, in a sentence, computed from the seconds that they draw. */
final class RequestsFinding {
    private RequestsFinding() {}

    /** {@code Polling made 1,202 requests, webhooks 581}; empty when nobody's seconds are known. */
    static String of(RunRecord run) {
        List<Outcome> drawn = run.outcomes().stream()
                .filter(outcome -> !outcome.timeline().isEmpty())
                .toList();
        if (drawn.isEmpty()) {
            return "";
        }
        List<Alike> groups =
                Alike.ranked(drawn, RequestsFinding::requests, requests -> Decimals.count((long) requests));
        Alike fewest = groups.get(0);
        Alike most = groups.get(groups.size() - 1);
        String made = Sentences.capital(most.names()) + " made ";
        return switch (groups.size()) {
            case 1 ->
                made + most.text() + " requests"
                        + (drawn.size() == 1 ? ", " + empty(drawn.get(0)) + " of them empty" : " each");
            case 2 -> made + most.text() + " requests, " + fewest.names() + " " + fewest.text();
            default ->
                "Of %d modes %s made the most requests, %s, and %s the fewest, %s"
                        .formatted(drawn.size(), most.names(), most.text(), fewest.names(), fewest.text());
        };
    }

    private static double requests(Outcome outcome) {
        return outcome.timeline().stream().mapToLong(TimelineSecond::requests).sum();
    }

    private static String empty(Outcome outcome) {
        long empty = outcome.timeline().stream()
                .mapToLong(TimelineSecond::emptyRequests)
                .sum();
        return empty == 0 ? "none" : Decimals.count(empty);
    }
}
