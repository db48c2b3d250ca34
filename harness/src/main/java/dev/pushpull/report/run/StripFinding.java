package dev.pushpull.report.run;

import dev.pushpull.report.run.EventStrip.Lane;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the strip of single events shows, in a sentence, computed from what it draws. */
final class StripFinding {
    private final RunRecord run;
    private final EventStrip strip;
    private final Map<String, Lane> lanes;

    private StripFinding(RunRecord run, EventStrip strip) {
        this.run = run;
        this.strip = strip;
        this.lanes = strip.lanes().stream().collect(Collectors.toMap(Lane::name, Function.identity()));
    }

    /** {@code Polling asked 1,202 times, 738 times for nothing; an event waited 208 µs for webhooks, 245 ms for polling}. */
    static String of(RunRecord run, EventStrip strip) {
        StripFinding finding = new StripFinding(run, strip);
        return Sentences.capital(finding.asked()
                .map(asked -> asked + finding.waits().map(waits -> "; " + waits).orElse(""))
                .or(finding::waits)
                .orElse("nothing arrived"));
    }

    /** Of the mode that asks for nothing most often. */
    private Optional<String> asked() {
        return shown().filter(outcome -> polls(outcome) > 0)
                .max(Comparator.comparingLong(this::emptyPolls))
                .map(outcome -> "%s asked %s, %s for nothing"
                        .formatted(
                                outcome.traits().called(),
                                times(polls(outcome)),
                                emptyPolls(outcome) == 0 ? "never" : times(emptyPolls(outcome))));
    }

    private Optional<String> waits() {
        List<Outcome> delivering = shown().filter(
                        outcome -> !lane(outcome).deliveries().event().isEmpty())
                .toList();
        if (delivering.isEmpty()) {
            return Optional.empty();
        }
        List<Alike> groups = Alike.ranked(delivering, this::meanMillis, Decimals::milliseconds);
        Alike first = groups.get(0);
        Alike last = groups.get(groups.size() - 1);
        String waited = "an event waited " + first.text() + " for " + first.names();
        return Optional.of((groups.size() == 1
                        ? waited
                        : groups.size() == 2
                                ? waited + ", " + last.text() + " for " + last.names()
                                : waited + " and up to " + last.text() + " for " + last.names())
                + " on average");
    }

    private Stream<Outcome> shown() {
        return run.outcomes().stream().filter(outcome -> lanes.containsKey(outcome.mode()));
    }

    private Lane lane(Outcome outcome) {
        return lanes.get(outcome.mode());
    }

    private long polls(Outcome outcome) {
        return measured(outcome).count();
    }

    private long emptyPolls(Outcome outcome) {
        return measured(outcome).filter(number -> number == 0).count();
    }

    /** New events by poll. The strip goes on to the end of the drain, whose polls count nowhere else. */
    private Stream<Integer> measured(Outcome outcome) {
        EventStrip.Requests polls = lane(outcome).polls();
        return IntStream.range(0, polls.number().size())
                .filter(poll -> polls.from().get(poll) * 1_000 < run.measuredNanos())
                .mapToObj(polls.number()::get);
    }

    private double meanMillis(Outcome outcome) {
        EventStrip.Deliveries deliveries = lane(outcome).deliveries();
        double micros = 0;
        for (int i = 0; i < deliveries.event().size(); i++) {
            micros += deliveries.received().get(i)
                    - strip.events().at().get(deliveries.event().get(i));
        }
        return micros / deliveries.event().size() / 1e3;
    }

    private static String times(long number) {
        return number == 1 ? "once" : Decimals.count(number) + " times";
    }
}
