package dev.pushpull.report.trace;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.trace.TraceDescription;
import dev.pushpull.trace.TraceDescription.Polled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What a trace is like, for a terminal of 80 columns. */
public final class TraceText {
    static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private static final int HOURS_A_DAY = 24;
    private static final String BARS = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String ASCII_BARS = " .:-=+*#@";

    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private TraceText(Ink ink) {
        this.ink = ink;
    }

    /**
     * @param source the file's name, as it is typed again in the flags
     * @param colour whether ANSI colours may be used
     * @param unicode whether the terminal shows more than ASCII
     */
    public static String render(TraceDescription trace, String source, boolean colour, boolean unicode) {
        return new TraceText(new Ink(colour, unicode)).text(trace, source);
    }

    private String text(TraceDescription trace, String source) {
        long span = trace.lastNanos() - trace.firstNanos();
        lines.add(ink.strong("%s %s in %s: %s to %s"
                .formatted(
                        Decimals.count(trace.events()),
                        trace.events() == 1 ? "event" : "events",
                        Quantity.readable(span),
                        TraceRows.instant(trace.firstNanos()),
                        TraceRows.instant(trace.lastNanos()))));
        if (span == 0) {
            lines.add("They span no time, so there is no rate and no gap.");
            return String.join("\n", lines) + "\n";
        }
        wrapped("Rate: " + Quantity.rate(trace.ratePerSecond())
                + ", a gap of " + Quantity.readable(Math.round(1e9 / trace.ratePerSecond())) + " on average"
                + (trace.simultaneous() == 0
                        ? ""
                        : "; %s at the same time as the one before".formatted(Decimals.count(trace.simultaneous()))));
        if (!Double.isNaN(trace.gapVariation())) {
            wrapped("Gaps: cv² = " + Decimals.significant(trace.gapVariation())
                    + " (0 periodic, 1 Poisson, more is bursty)");
        }
        lines.add("");
        lines.add("Events over its span, the highest bar " + Decimals.count(Collections.max(trace.cells())) + ":");
        lines.add("  " + bars(trace.cells(), Collections.max(trace.cells())));
        week(trace);
        lines.add("");
        lines.add("Polls that find nothing, exactly, over a random phase:");
        polls(trace);
        lines.add("");
        law(trace, source);
        return String.join("\n", lines) + "\n";
    }

    private void week(TraceDescription trace) {
        long most = Collections.max(trace.hours());
        lines.add("");
        lines.add("Hour of the week (UTC), the highest bar " + Decimals.count(most) + ":");
        lines.add("      0     6     12    18");
        for (int day = 0; day < DAYS.size(); day++) {
            List<Long> hours = trace.hours().subList(day * HOURS_A_DAY, (day + 1) * HOURS_A_DAY);
            long sum = hours.stream().mapToLong(hour -> hour).sum();
            lines.add("  %s %s  %s".formatted(DAYS.get(day), bars(hours, most), Decimals.count(sum)));
        }
    }

    private String bars(List<Long> counts, long most) {
        String levels = ink.unicode() ? BARS : ASCII_BARS;
        int top = levels.length() - 1;
        StringBuilder line = new StringBuilder();
        for (long count : counts) {
            line.append(levels.charAt(count == 0 ? 0 : Math.max(1, (int) Math.round((double) top * count / most))));
        }
        return line.toString();
    }

    private void polls(TraceDescription trace) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("every", "polls", "empty", "if Poisson", "by the law below", ink.plain("var/mean")));
        for (Polled polled : trace.polled()) {
            if (polled.polls() >= 1) {
                table.add(List.of(
                        Quantity.duration(polled.intervalNanos()),
                        Decimals.count(Math.round(polled.polls())),
                        percent(polled.wasted()),
                        percent(polled.poissonWasted()),
                        percent(polled.burstyWasted()),
                        Double.isNaN(polled.dispersion()) ? "" : Decimals.significant(polled.dispersion())));
            }
        }
        Layout.blocks(table, 2).forEach(lines::addAll);
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? "" : String.format(Locale.ROOT, "%.4g %%", 100 * share);
    }

    private void law(TraceDescription trace, String source) {
        if (trace.bursty().isEmpty()) {
            wrapped("No bursty law fits better than Poisson's. In its place:");
            lines.add("  --arrivals poisson --rate " + rate(trace.ratePerSecond()));
        } else {
            BurstyArrivals law = trace.bursty().get();
            wrapped("A law that makes similar events, as many and for as long as you like:");
            lines.add("  --arrivals bursty --burst-rate %s --mean-on %s --mean-off %s"
                    .formatted(
                            rate(law.burstRatePerSecond()), duration(law.meanOnNanos()), duration(law.meanOffNanos())));
        }
        lines.add("The trace itself:");
        lines.add("  --trace " + dev.pushpull.report.shared.ShellWords.repeatable(List.of(source)));
    }

    /** As the flag takes it, with six digits. */
    private static String rate(double perSecond) {
        return new java.math.BigDecimal(perSecond)
                        .round(new java.math.MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString()
                + "/s";
    }

    private static String duration(double nanos) {
        return new java.math.BigDecimal(nanos / 1e9)
                        .round(new java.math.MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString()
                + "s";
    }

    private void wrapped(String text) {
        lines.addAll(Layout.wrap(ink.plain(text), Layout.WIDTH));
    }
}
