package dev.pushpull.report.observe;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.scenario.Estimate;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.scenario.ObservedRecord;
import dev.pushpull.scenario.ObservedRecord.Pairing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was found, in sentences. */
final class ObserveWords {
    private final ObservedRecord record;
    private final Pairing pairing;

    ObserveWords(ObservedRecord record) {
        this.record = record;
        this.pairing = record.pairing();
    }

    private long both() {
        return pairing.count(Outcome.BOTH);
    }

    private long missedByPoll() {
        return pairing.count(Outcome.GONE) + pairing.count(Outcome.PUSH_ONLY);
    }

    private long missedByPush() {
        return pairing.count(Outcome.POLL_ONLY);
    }

    /** The finding. */
    String title() {
        String polls =
                pairing.intervalNanos() == 0 ? "polls" : "a poll every " + Decimals.duration(pairing.intervalNanos());
        Double median = pairing.sooner().get("p50");
        if (both() == 0) {
            return "No item came both ways; " + missed();
        }
        if (median == null) {
            return "%s came both ways, too few for a median; %s".formatted(items(both()), missed());
        }
        return "%s than %s, in the median of %s; %s".formatted(came(median), polls, items(both()), missed());
    }

    private static String came(double soonerMillis) {
        return "Webhooks came %s %s"
                .formatted(Decimals.milliseconds(Math.abs(soonerMillis)), soonerMillis >= 0 ? "sooner" : "later");
    }

    /** The finding of the chart of differences, by its first line. */
    String ofDifferences() {
        Double mean = pairing.sooner().get("mean");
        return mean == null ? "How much sooner webhooks came than polls" : came(mean) + " than polls on average";
    }

    private String missed() {
        if (missedByPoll() == 0 && missedByPush() == 0) {
            return "neither missed any";
        }
        return "polls missed %s and webhooks %s".formatted(some(missedByPoll()), some(missedByPush()));
    }

    static String some(long count) {
        return count == 0 ? "none" : Decimals.count(count);
    }

    static String items(long count) {
        return Decimals.count(count) + (count == 1 ? " item" : " items");
    }

    /** What supports it, a sentence or two each. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        mean().ifPresent(findings::add);
        if (pairing.polledFirst() > 0) {
            findings.add(
                    "Of %s, %s came by a poll first.".formatted(items(both()), Decimals.count(pairing.polledFirst())));
        }
        if (pairing.count(Outcome.GONE) > 0) {
            findings.add("%s %s gone before a poll could read %s: no interval brings them for certain."
                    .formatted(
                            items(pairing.count(Outcome.GONE)),
                            pairing.count(Outcome.GONE) == 1 ? "was" : "were",
                            pairing.count(Outcome.GONE) == 1 ? "it" : "them"));
        }
        findings.add(order());
        if (pairing.count(Outcome.OPEN) > 0) {
            findings.add(
                    ("%s seen too close to the beginning or the end to say that the other way missed %s (within %s).")
                            .formatted(
                                    pairing.count(Outcome.OPEN) == 1
                                            ? "One item was"
                                            : items(pairing.count(Outcome.OPEN)) + " were",
                                    pairing.count(Outcome.OPEN) == 1 ? "it" : "them",
                                    Decimals.duration(pairing.intervalNanos() + pairing.graceNanos())));
        }
        latency().ifPresent(findings::add);
        return findings;
    }

    private Optional<String> mean() {
        Double mean = pairing.sooner().get("mean");
        if (mean == null || pairing.intervalNanos() == 0) {
            return Optional.empty();
        }
        double expected = pairing.intervalNanos() / 2e6;
        String half = "an item that occurs at a random moment waits T/2 = %s for the next poll"
                .formatted(Decimals.milliseconds(expected));
        Estimate interval = pairing.intervals().get("mean");
        if (interval == null) {
            return Optional.of(
                    "On average webhooks came %s sooner; %s. Too few polls brought items to say how certain that is."
                            .formatted(signed(mean), half));
        }
        String judged = interval.low() > expected
                ? "more than that: a poll takes its time, was kept waiting, or its list lags behind the webhooks"
                : interval.high() < expected
                        ? "less than that: webhooks take their time too, or items come just before polls"
                        : "as expected";
        return Optional.of("On average webhooks came %s sooner (95 %%: %s to %s); %s, so this is %s."
                .formatted(signed(mean), signed(interval.low()), signed(interval.high()), half, judged));
    }

    private String order() {
        String again = pairing.duplicates() == 0
                ? "No webhook came twice"
                : "%s came again"
                        .formatted(
                                pairing.duplicates() == 1
                                        ? "1 webhook"
                                        : Decimals.count(pairing.duplicates()) + " webhooks");
        String order = pairing.outOfOrder() < 0
                ? "items do not tell their times, so their order is unknown"
                : pairing.outOfOrder() == 0
                        ? "all came in the order of the source's times"
                        : "%s came after a younger one".formatted(Decimals.count(pairing.outOfOrder()));
        return again + "; " + order + ".";
    }

    private Optional<String> latency() {
        List<String> parts = new ArrayList<>();
        for (Map<String, Object> side : record.sides()) {
            if (side.get("source_latency_p50_ms") instanceof Number median) {
                parts.add("%s within %s"
                        .formatted(side.get("mode").equals("poll") ? "poll" : "push", signed(median.doubleValue())));
            }
        }
        return parts.isEmpty() || pairing.clock().isEmpty()
                ? Optional.empty()
                : Optional.of("By the source's own times, half of the items were there by %s; %s."
                        .formatted(String.join(", by ", parts), pairing.clock()));
    }

    static String signed(double millis) {
        return millis < 0 ? "-" + Decimals.milliseconds(-millis) : Decimals.milliseconds(millis);
    }

    /** Items by outcome. */
    List<Fact> outcomes() {
        return pairing.outcomes().entrySet().stream()
                .map(outcome -> new Fact(outcome.getKey(), Decimals.count(outcome.getValue())))
                .toList();
    }

    /** What other intervals would have found, the header first. */
    List<List<String>> intervals() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("a poll every", "polls", "empty", "a webhook is sooner by"));
        for (ObservedRecord.Interval interval : record.intervals()) {
            table.add(List.of(
                    Decimals.duration(interval.intervalNanos()),
                    Decimals.count(Math.round(interval.polls())),
                    Decimals.percent(interval.waste()),
                    Decimals.milliseconds(interval.intervalNanos() / 2e6)));
        }
        return table;
    }

    /** The state so far, for somebody who looks at it once an hour. */
    String line() {
        Double median = pairing.sooner().get("p50");
        return "%s measured: %s both ways%s, polls missed %s, webhooks %s, %s open, %s duplicate"
                .formatted(
                        Decimals.span(pairing.measuredNanos()),
                        items(both()),
                        median == null ? "" : ", webhooks " + signed(median) + " sooner",
                        some(missedByPoll()),
                        some(missedByPush()),
                        Decimals.count(pairing.count(Outcome.OPEN)),
                        Decimals.count(pairing.duplicates()));
    }
}
