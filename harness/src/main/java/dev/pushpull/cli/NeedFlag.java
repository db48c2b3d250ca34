package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Measure;
import dev.pushpull.scenario.Need;
import dev.pushpull.scenario.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads requirements such as {@code latency_p95<1m}. */
final class NeedFlag {
    static final String FLAG = "--need";

    private static final Pattern FORM = Pattern.compile("\\s*([a-z_0-9]+)\\s*<\\s*([^<=>]+)");
    private static final String ACCEPTED = "METRIC<BOUND such as latency_p95<1m or lost_ratio<1e-6";

    private static final String FEW_LOST = "lost_ratio<0.01";

    private NeedFlag() {}

    /** @throws InvalidInputException when it is not of this form, or its metric is unknown */
    static Need read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Quantity.wrong(FLAG, text, ACCEPTED);
        }
        Measure measure = Measure.named(matcher.group(1))
                .orElseThrow(() -> Names.unknown("metric of " + FLAG, matcher.group(1), Measure.names()));
        String bound = matcher.group(2).strip();
        double value = measure.unit() == Measure.Unit.DURATION
                ? Quantity.durationNanos(FLAG + " " + measure.text(), bound) / 1e6
                : Quantity.positive(FLAG + " " + measure.text(), bound);
        return new Need(measure, value, measure.text() + "<" + bound);
    }

    /**
     * All of them, checked against each other.
     *
     * @throws InvalidInputException when two contradict each other; it names both
     */
    static List<Need> read(List<String> texts) {
        List<Need> needs = new ArrayList<>();
        for (String text : texts) {
            Need need = read(text);
            for (Need before : needs) {
                if (before.measure() == need.measure()) {
                    throw new InvalidInputException("%s: '%s' is not accepted with '%s'; accepted: one bound for %s"
                            .formatted(
                                    FLAG,
                                    need.text(),
                                    before.text(),
                                    need.measure().text()));
                }
            }
            needs.add(need);
        }
        return needs;
    }

    /** The same for advice: to lose events is no way to save requests, so few may be lost unless another bound is given. */
    static List<Need> readWithFewLost(List<String> texts) {
        List<Need> needs = read(texts);
        if (needs.stream().noneMatch(need -> need.measure() == Measure.LOST_RATIO)) {
            needs.add(read(FEW_LOST));
        }
        return needs;
    }
}
