package dev.pushpull.report.trace;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.trace.TraceDescription;
import dev.pushpull.trace.TraceDescription.Polled;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a trace is like, as a picture in one file that loads nothing: SVG, for any browser and most documents. */
public final class TraceSvg {
    private static final int WIDTH = 760;
    private static final int LEFT = 60;
    private static final int PLOT_WIDTH = WIDTH - LEFT - 20;
    private static final int SPAN_TOP = 76;
    private static final int SPAN_HEIGHT = 100;
    private static final int WEEK_TOP = 236;
    private static final int DAY_HEIGHT = 16;
    private static final int WASTE_TOP = 410;
    private static final int WASTE_HEIGHT = 160;
    private static final int HEIGHT = WASTE_TOP + WASTE_HEIGHT + 60;
    private static final int HOURS_A_DAY = 24;

    private final StringBuilder out = new StringBuilder();

    private TraceSvg() {}

    /** @param source the file's name */
    public static String of(TraceDescription trace, String source) {
        TraceSvg svg = new TraceSvg();
        svg.draw(trace, source);
        return svg.out.toString();
    }

    private void draw(TraceDescription trace, String source) {
        long span = trace.lastNanos() - trace.firstNanos();
        String title = "%s %s in %s"
                .formatted(
                        Decimals.count(trace.events()),
                        trace.events() == 1 ? "event" : "events",
                        Quantity.readable(span));
        put(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">",
                WIDTH, HEIGHT);
        put("<title>%s: %s</title>", escaped(source), title);
        put("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, HEIGHT);
        put("<text x=\"%d\" y=\"28\" font-size=\"17\" font-weight=\"bold\">%s</text>", LEFT, title);
        put(
                "<text x=\"%d\" y=\"46\">%s, %s to %s</text>",
                LEFT, escaped(source), TraceRows.instant(trace.firstNanos()), TraceRows.instant(trace.lastNanos()));
        span(trace.cells());
        week(trace.hours());
        if (span > 0) {
            waste(trace.polled().stream().filter(polled -> polled.polls() >= 1).toList());
        }
        out.append("</svg>\n");
    }

    private void span(List<Long> cells) {
        long most = Math.max(1, Collections.max(cells));
        put(
                "<text x=\"%d\" y=\"%d\">Events over the span, the highest bar %s</text>",
                LEFT, SPAN_TOP - 8, Decimals.count(most));
        double width = (double) PLOT_WIDTH / cells.size();
        for (int i = 0; i < cells.size(); i++) {
            double height = (double) SPAN_HEIGHT * cells.get(i) / most;
            put(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#2a6f97\"/>",
                    LEFT + i * width, SPAN_TOP + SPAN_HEIGHT - height, width - 1, height);
        }
        line(LEFT, SPAN_TOP + SPAN_HEIGHT, LEFT + PLOT_WIDTH, SPAN_TOP + SPAN_HEIGHT);
    }

    private void week(List<Long> hours) {
        long most = Math.max(1, Collections.max(hours));
        put(
                "<text x=\"%d\" y=\"%d\">Hours of the week (UTC), the darkest %s</text>",
                LEFT, WEEK_TOP - 8, Decimals.count(most));
        double width = (double) PLOT_WIDTH / HOURS_A_DAY;
        for (int hour = 0; hour < hours.size(); hour++) {
            int day = hour / HOURS_A_DAY;
            if (hour % HOURS_A_DAY == 0) {
                put(
                        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                        LEFT - 8, WEEK_TOP + day * DAY_HEIGHT + 12, TraceText.DAYS.get(day));
            }
            put(
                    "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#2a6f97\" fill-opacity=\"%.3f\" stroke=\"#ddd\"/>",
                    LEFT + hour % HOURS_A_DAY * width,
                    WEEK_TOP + day * DAY_HEIGHT,
                    width,
                    DAY_HEIGHT,
                    (double) hours.get(hour) / most);
        }
        for (int hour = 0; hour < HOURS_A_DAY; hour += 6) {
            put("<text x=\"%.1f\" y=\"%d\">%02d:00</text>", LEFT + hour * width, WEEK_TOP + 7 * DAY_HEIGHT + 14, hour);
        }
    }

    private void waste(List<Polled> polled) {
        put("<text x=\"%d\" y=\"%d\">Polls that find nothing, by their interval</text>", LEFT, WASTE_TOP - 24);
        put(
                "<text x=\"%d\" y=\"%d\"><tspan fill=\"#2a6f97\">● these events, exactly</tspan>  <tspan fill=\"#b5651d\">– – if Poisson</tspan>  <tspan fill=\"#5a7d2a\">··· by the fitted law</tspan></text>",
                LEFT, WASTE_TOP - 8);
        for (int percent = 0; percent <= 100; percent += 25) {
            int y = WASTE_TOP + WASTE_HEIGHT - WASTE_HEIGHT * percent / 100;
            line(LEFT, y, LEFT + PLOT_WIDTH, y);
            put("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d %%</text>", LEFT - 8, y + 4, percent);
        }
        curve(polled, Polled::poissonWasted, "#b5651d", "stroke-dasharray=\"7 5\"");
        curve(polled, Polled::burstyWasted, "#5a7d2a", "stroke-dasharray=\"2 4\"");
        curve(polled, Polled::wasted, "#2a6f97", "");
        for (int i = 0; i < polled.size(); i++) {
            Polled one = polled.get(i);
            put(
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#2a6f97\"><title>%s: %.4g %%</title></circle>",
                    x(i, polled.size()), y(one.wasted()), Quantity.duration(one.intervalNanos()), 100 * one.wasted());
            put(
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(i, polled.size()), WASTE_TOP + WASTE_HEIGHT + 18, Quantity.duration(one.intervalNanos()));
        }
    }

    private void curve(List<Polled> polled, ToDoubleFunction<Polled> share, String colour, String dashes) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < polled.size(); i++) {
            double value = share.applyAsDouble(polled.get(i));
            if (!Double.isNaN(value)) {
                points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i, polled.size()), y(value)));
            }
        }
        put(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" %s/>",
                points.toString().strip(), colour, dashes);
    }

    private static double x(int i, int of) {
        return LEFT + 20 + (PLOT_WIDTH - 40.0) * i / Math.max(1, of - 1);
    }

    private static double y(double share) {
        return WASTE_TOP + WASTE_HEIGHT * (1 - share);
    }

    private void line(int fromX, int fromY, int toX, int toY) {
        put("<path d=\"M%d %dL%d %d\" stroke=\"#ccc\"/>", fromX, fromY, toX, toY);
    }

    private void put(String element, Object... values) {
        out.append(String.format(Locale.ROOT, element, values)).append('\n');
    }

    /** Without what XML does not take. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("[\\p{Cntrl}\\p{Cs}\\uFFFE\\uFFFF]", "?");
    }
}
