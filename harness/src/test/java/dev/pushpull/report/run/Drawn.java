package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.assertj.core.data.Percentage;

/** What the scripts of a run's page draw, to hold titles against: titles are read, data are looked up. */
record Drawn(RunRecord run, JsonNode data) {
    /** Half of the last of three digits, and what a chart's five digits may add. */
    static final Percentage SHOWN = Percentage.withPercentage(0.51);

    private static final String LENGTH = "(\\d[\\d,.]*) (µs|ms|s|min|h|d)";
    private static final Map<String, Double> MILLIS =
            Map.of("µs", 1e-3, "ms", 1.0, "s", 1e3, "min", 6e4, "h", 3.6e6, "d", 8.64e7);

    private static final Pattern PERCENTILES = Pattern.compile("(Half|[\\d.]+ %) of the (?:delivered )?events arrive "
            + "(?:at once|within " + LENGTH + ") by (.+?)(?: \\(network.*\\))?"
            + "(?:; (?:of (\\d+) modes )?(.+?) needs? (the longest, )?" + LENGTH + ")?");

    private static final Pattern SHARES = Pattern.compile(
            "Within " + LENGTH + " ([\\d.]+) % of the (?:delivered )?events are there by (.+), ([\\d.]+) % by (.+)");

    void assertPercentiles(String title) {
        Matcher read = read(PERCENTILES, title);
        double quantile = read.group(1).equals("Half")
                ? 0.5
                : Double.parseDouble(read.group(1).replace(" %", "")) / 100;
        Map<String, Double> millis = new LinkedHashMap<>();
        measured().forEach((name, curve) -> millis.put(name, at(curve, 1 / (1 - quantile))));
        double least = millis.values().stream().mapToDouble(each -> each).min().orElseThrow();
        double most = millis.values().stream().mapToDouble(each -> each).max().orElseThrow();
        double said = read.group(2) == null ? 0 : length(read.group(2), read.group(3));
        assertThat(least).as(title).isCloseTo(said, SHOWN);
        named(read.group(4))
                .forEach(name -> assertThat(millis.get(name)).as(title).isCloseTo(said, SHOWN));
        if (read.group(6) == null) {
            assertThat(most).as(title).isCloseTo(said, SHOWN);
            return;
        }
        double longest = length(read.group(8), read.group(9));
        assertThat(most).as(title).isCloseTo(longest, SHOWN);
        named(read.group(6))
                .forEach(name -> assertThat(millis.get(name)).as(title).isCloseTo(longest, SHOWN));
        if (read.group(5) != null) {
            assertThat(millis).as(title).hasSize(Integer.parseInt(read.group(5)));
        }
    }

    void assertShares(String title) {
        if (!title.startsWith("Within ")) {
            assertThat(title).as("something is there at once").contains(" at once by ");
            return;
        }
        Matcher read = read(SHARES, title);
        double within = length(read.group(1), read.group(2));
        assertShare(title, read.group(4), within, Double.parseDouble(read.group(3)));
        assertShare(title, read.group(6), within, Double.parseDouble(read.group(5)));
    }

    /** Between those of the points of the curve on either side, give or take what a histogram's bucket holds. */
    private void assertShare(String title, String called, double within, double percent) {
        JsonNode curve = measured().get(named(called).get(0));
        double below = 0;
        double above = 100;
        for (int i = 0; i < curve.path("x").size(); i++) {
            double share = 100 * (1 - 1 / curve.path("x").path(i).asDouble());
            if (curve.path("y").path(i).asDouble() < within * 0.999) {
                below = share;
            } else if (curve.path("y").path(i).asDouble() > within * 1.001) {
                above = share;
                break;
            }
        }
        assertThat(percent).as(title).isBetween(below * 0.995, above * 1.005 + 0.01);
    }

    void assertRequests(String title) {
        Map<String, Double> requests = new LinkedHashMap<>();
        for (JsonNode one : data.path("timelines")) {
            requests.put(one.path("name").asText(), sum(one, "useful") + sum(one, "empty"));
        }
        double most = requests.values().stream().mapToDouble(each -> each).max().orElseThrow();
        double fewest =
                requests.values().stream().mapToDouble(each -> each).min().orElseThrow();
        Matcher two =
                Pattern.compile("(.+) made ([\\d,]+) requests, (.+) ([\\d,]+)").matcher(title);
        Matcher many = Pattern.compile(
                        "Of (\\d+) modes (.+) made the most requests, ([\\d,]+), and (.+) the fewest, ([\\d,]+)")
                .matcher(title);
        assertThat(two.matches() || many.matches()).as(title).isTrue();
        if (many.matches()) {
            assertThat(requests).as(title).hasSize(Integer.parseInt(many.group(1)));
        }
        Matcher read = many.matches() ? many : two;
        int names = many.matches() ? 2 : 1;
        assertThat(number(read.group(names + 1))).as(title).isCloseTo(most, SHOWN);
        assertThat(number(read.group(names + 3))).as(title).isCloseTo(fewest, SHOWN);
        named(read.group(names)).forEach(name -> assertThat(requests.get(name)).isCloseTo(most, SHOWN));
        named(read.group(names + 2))
                .forEach(name -> assertThat(requests.get(name)).isCloseTo(fewest, SHOWN));
    }

    void assertTimelines() {
        for (JsonNode one : data.path("timelines")) {
            String title = one.path("finding").asText();
            Matcher read = Pattern.compile("([\\d,.]+) requests a second, (none|[\\d.]+ %) of them empty|no requests")
                    .matcher(title);
            assertThat(read.matches()).as(title).isTrue();
            double all = sum(one, "useful") + sum(one, "empty");
            if (read.group(1) != null) {
                double seconds = run.measuredNanos() / 1e9;
                assertThat(number(read.group(1))).as(title).isCloseTo(all / seconds, SHOWN);
                double empty =
                        read.group(2).equals("none") ? 0 : number(read.group(2).replace(" %", ""));
                assertThat(empty).as(title).isCloseTo(100 * sum(one, "empty") / all, SHOWN);
            }
        }
    }

    void assertWaste(String title) {
        Matcher read = Pattern.compile(
                        "With (.+) ([\\d.]+) % of the polls found nothing; for random events at λT = ([\\d.]+) theory says ([\\d.]+) %")
                .matcher(title);
        assertThat(read.matches()).as(title).isTrue();
        JsonNode point = point(read.group(1));
        double load = point.path("x").path(0).asDouble();
        assertThat(number(read.group(3))).as(title).isCloseTo(load, SHOWN);
        assertThat(number(read.group(2)))
                .as(title)
                .isCloseTo(100 * point.path("waste").path(0).asDouble(), SHOWN);
        assertThat(number(read.group(4))).as(title).isCloseTo(100 * Math.exp(-load), SHOWN);
    }

    void assertLoad(String title) {
        Matcher read = Pattern.compile("In theory (.+) needs? fewer requests from λT = ([\\d.]+) on; here (.+) needed"
                        + " ([\\d.]+) per delivered event, (.+) ([\\d.]+)")
                .matcher(title);
        assertThat(read.matches()).as(title).isTrue();
        assertThat(number(read.group(2)))
                .as(title)
                .isCloseTo(data.path("standing").path("crossover").asDouble(), SHOWN);
        List<Double> all = new ArrayList<>();
        data.path("standing")
                .path("points")
                .forEach(mode -> all.add(mode.path("requests").path(0).asDouble()));
        double most = all.stream().mapToDouble(each -> each).max().orElseThrow();
        double least = all.stream().mapToDouble(each -> each).min().orElseThrow();
        assertThat(number(read.group(4))).as(title).isCloseTo(most, SHOWN);
        assertThat(number(read.group(6))).as(title).isCloseTo(least, SHOWN);
        assertThat(point(read.group(3)).path("requests").path(0).asDouble()).isEqualTo(most);
        assertThat(point(read.group(5)).path("requests").path(0).asDouble()).isEqualTo(least);
    }

    private JsonNode point(String name) {
        return StreamSupport.stream(data.path("standing").path("points").spliterator(), false)
                .filter(mode -> mode.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, JsonNode> measured() {
        Map<String, JsonNode> curves = new LinkedHashMap<>();
        for (JsonNode curve : data.path("spectrum")) {
            if (curve.path("kind").asText().equals("measured")) {
                curves.put(curve.path("name").asText(), curve);
            }
        }
        return curves;
    }

    /** Between two points of a curve; they are so close that a straight line will do. */
    private static double at(JsonNode curve, double x) {
        JsonNode xs = curve.path("x");
        for (int i = 1; i < xs.size(); i++) {
            double left = xs.path(i - 1).asDouble();
            double right = xs.path(i).asDouble();
            if (right >= x * (1 - 1e-4)) {
                double share = Math.min(1, (x - left) / (right - left));
                return curve.path("y").path(i - 1).asDouble()
                        + share
                                * (curve.path("y").path(i).asDouble()
                                        - curve.path("y").path(i - 1).asDouble());
            }
        }
        throw new AssertionError("no point at " + x);
    }

    /** The titles of the modes that a sentence names. */
    private List<String> named(String sentence) {
        List<String> rest = new ArrayList<>(List.of(sentence.split(", | and ")));
        return rest.stream()
                .map(called -> run.outcomes().stream()
                        .filter(outcome -> outcome.traits().called().equalsIgnoreCase(called))
                        .map(this::title)
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no mode is called " + called + " in " + sentence)))
                .toList();
    }

    private String title(Outcome outcome) {
        return Modes.title(run, outcome);
    }

    private static double sum(JsonNode timeline, String part) {
        double sum = 0;
        for (JsonNode rate : timeline.path(part)) {
            sum += rate.asDouble();
        }
        return sum * timeline.path("bin_seconds").asDouble();
    }

    private static Matcher read(Pattern pattern, String title) {
        Matcher matcher = pattern.matcher(title);
        assertThat(matcher.matches()).as(title).isTrue();
        return matcher;
    }

    private static double length(String number, String unit) {
        return number(number) * MILLIS.get(unit);
    }

    private static double number(String text) {
        return Double.parseDouble(text.replace(",", ""));
    }
}
