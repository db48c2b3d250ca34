package dev.pushpull.report.trace;

import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.trace.TraceDescription;
import dev.pushpull.trace.TraceDescription.Polled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A described trace as rows: one for the whole, one for each interval, one for each hour of the week. */
public final class TraceRows {
    private static final int HOURS_A_DAY = 24;
    private static final List<String> COLUMNS = List.of(
            "about",
            "source",
            "decision",
            "events",
            "first",
            "last",
            "span_s",
            "rate_per_s",
            "gap_cv2",
            "simultaneous",
            "burst_rate_per_s",
            "mean_on_s",
            "mean_off_s",
            "interval_s",
            "polls",
            "wasted_ratio",
            "poisson_wasted_ratio",
            "bursty_wasted_ratio",
            "dispersion",
            "hour_of_week");

    private TraceRows() {}

    /**
     * By column; null where a row has no such figure.
     *
     * @param source the file's name
     * @param decision how it was read
     */
    public static List<Map<String, Object>> of(TraceDescription trace, String source, String decision) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Map<String, Object> whole = row("trace");
        whole.put("source", source);
        whole.put("decision", decision);
        whole.put("events", trace.events());
        whole.put("first", instant(trace.firstNanos()).toString());
        whole.put("last", instant(trace.lastNanos()).toString());
        whole.put("span_s", (trace.lastNanos() - trace.firstNanos()) / 1e9);
        whole.put("rate_per_s", trace.ratePerSecond());
        whole.put("gap_cv2", trace.gapVariation());
        whole.put("simultaneous", trace.simultaneous());
        trace.bursty().ifPresent(law -> bursty(whole, law));
        rows.add(whole);
        for (Polled polled : trace.polled()) {
            Map<String, Object> row = row("interval");
            row.put("interval_s", polled.intervalNanos() / 1e9);
            row.put("polls", polled.polls());
            row.put("wasted_ratio", polled.wasted());
            row.put("poisson_wasted_ratio", polled.poissonWasted());
            row.put("bursty_wasted_ratio", polled.burstyWasted());
            row.put("dispersion", polled.dispersion());
            rows.add(row);
        }
        for (int hour = 0; hour < trace.hours().size(); hour++) {
            Map<String, Object> row = row("hour");
            row.put("hour_of_week", "%s %02d:00".formatted(TraceText.DAYS.get(hour / HOURS_A_DAY), hour % HOURS_A_DAY));
            row.put("events", trace.hours().get(hour));
            rows.add(row);
        }
        return rows;
    }

    private static void bursty(Map<String, Object> row, BurstyArrivals law) {
        row.put("burst_rate_per_s", law.burstRatePerSecond());
        row.put("mean_on_s", law.meanOnNanos() / 1e9);
        row.put("mean_off_s", law.meanOffNanos() / 1e9);
    }

    private static Map<String, Object> row(String about) {
        Map<String, Object> row = new LinkedHashMap<>();
        COLUMNS.forEach(column -> row.put(column, null));
        row.put("about", about);
        return row;
    }

    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
