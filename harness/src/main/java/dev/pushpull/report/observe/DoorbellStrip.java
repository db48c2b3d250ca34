package dev.pushpull.report.observe;

import dev.pushpull.report.shared.AxisScale;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.ObservedRecord;
import dev.pushpull.scenario.ObservedRecord.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The first items one by one: above, the doorbell, where a push came; below, the mailbox, with a tick for each poll, where
 * one was found. An SVG that is as wide as its place and needs no script; places are per cent of its width.
 *
 * @param links of items of both
 * @param pushed where items were pushed
 * @param polled where items were found
 */
record DoorbellStrip(
        String title,
        String alternative,
        List<String> polls,
        List<Link> links,
        List<Mark> pushed,
        List<Mark> polled,
        List<AxisScale.Mark> marks) {
    /** The page's colour for what is pushed, that of webhooks; what is polled has that of polling, 0. */
    static final int PUSH_COLOUR = 1;

    /** From the push of an item to its poll. */
    record Link(String from, String to) {}

    /** @param alone whether the other way did not bring it */
    record Mark(String x, String id, boolean alone) {}

    static Optional<DoorbellStrip> of(ObservedRecord.Strip strip) {
        if (strip.items().isEmpty() || strip.spanSeconds() <= 0) {
            return Optional.empty();
        }
        List<Item> items = strip.items().stream()
                .map(item -> until(strip.spanSeconds(), item))
                .toList();
        double first = items.stream()
                .flatMap(item -> Stream.of(item.pushed(), item.polled()))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .min()
                .orElse(0);
        AxisScale scale = AxisScale.of(
                List.of(Math.min(0, first), strip.spanSeconds()), seconds -> Decimals.setting(seconds) + " s");
        List<Link> links = new ArrayList<>();
        List<Mark> pushed = new ArrayList<>();
        List<Mark> polled = new ArrayList<>();
        for (Item item : items) {
            boolean alone = item.pushed().isEmpty() || item.polled().isEmpty();
            if (!alone) {
                links.add(new Link(
                        scale.at(item.pushed().getAsDouble()),
                        scale.at(item.polled().getAsDouble())));
            }
            item.pushed().ifPresent(at -> pushed.add(new Mark(scale.at(at), item.id(), alone)));
            item.polled().ifPresent(at -> polled.add(new Mark(scale.at(at), item.id(), alone)));
        }
        long lonePushes = pushed.stream().filter(Mark::alone).count();
        long lonePolls = polled.stream().filter(Mark::alone).count();
        return Optional.of(new DoorbellStrip(
                "In the first %s webhooks brought %s of %s, polls %s"
                        .formatted(
                                Decimals.setting(strip.spanSeconds()) + " s",
                                ObserveWords.some(pushed.size()),
                                ObserveWords.items(items.size()),
                                ObserveWords.some(polled.size())),
                "%s pushed and %s found by %s polls; %s by a push only and %s by a poll only so far. The rows of pairs.csv say the same."
                        .formatted(
                                ObserveWords.items(pushed.size()),
                                ObserveWords.items(polled.size()),
                                Decimals.count(strip.pollStarts().size()),
                                Decimals.count(lonePushes),
                                Decimals.count(lonePolls)),
                strip.pollStarts().stream().map(scale::at).toList(),
                links,
                pushed,
                polled,
                scale.marks()));
    }

    /** An item as it was known at the end of the strip: what came later lies beyond its edge. */
    private static Item until(double seconds, Item item) {
        return new Item(item.id(), until(seconds, item.pushed()), until(seconds, item.polled()));
    }

    private static OptionalDouble until(double seconds, OptionalDouble at) {
        return at.isPresent() && at.getAsDouble() <= seconds ? at : OptionalDouble.empty();
    }
}
