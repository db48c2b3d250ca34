package dev.pushpull.report.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.observe.Observed;
import dev.pushpull.observe.Pairing;
import dev.pushpull.report.shared.DotChart;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.ObservedPair;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.scenario.ObservedRecord;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.standalone.PollEnding;
import dev.pushpull.standalone.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reading test: the titles of an observation are true of the rows of pairs.csv, whatever the seed. */
class ObserveTitlesTest {
    private static final int SEEDS = 10;
    private static final double SECONDS = 600;
    private static final double INTERVAL_SECONDS = 10;
    private static final double READY_SECONDS = 1;

    /** As a share: half of the last of three digits, and as much again for a histogram's bucket. */
    private static final double SHOWN = 0.01;

    private static final Map<String, Double> MILLIS =
            Map.of("µs", 1e-3, "ms", 1.0, "s", 1e3, "min", 6e4, "h", 3.6e6, "d", 8.64e7);
    private static final String CAME = "Webhooks came (\\d[\\d,.]*) (µs|ms|s|min|h|d) (sooner|later) than ";
    private static final String SOME = "(none|\\d[\\d,]*)";
    private static final Pattern PAGE = Pattern.compile(
            "(?:No item came both ways|(?<few>[\\d,]+) items? came both ways, too few for a median|" + CAME
                    + "a poll every 10 s, in the median of (?<both>[\\d,]+) items?); "
                    + "(?:neither missed any|polls missed " + SOME + " and webhooks " + SOME + ")");
    private static final Pattern DIFFERENCES = Pattern.compile(CAME + "polls on average");
    private static final Pattern STRIP = Pattern.compile(
            "In the first ([\\d.]+) s webhooks brought " + SOME + " of " + SOME + " items?, polls " + SOME);

    /** Systems to be observed. */
    enum System {
        PROMPT(0.2, 0.1, 0, 0, 60),
        MORE_THAN_THE_STRIP_SHOWS(3, 0.1, 0, 0, 60),
        LATE_TO_PUSH(0.2, 40, 0, 0, 60),
        LOSING_ON_BOTH_WAYS(0.2, 0.1, 0.2, 0.1, 60),
        FORGETTING_SOON(0.2, 0.1, 0, 0, 4),
        ONLY_PUSHING(0.05, 0.1, 0, 1, 60),
        SELDOM_HEARD_OF(0.01, 0.1, 0, 0, 60);

        private final double ratePerSecond;
        private final double pushSeconds;
        private final double notPushed;
        private final double notPolled;
        private final double keptSeconds;

        /**
         * @param notPushed share of the items
         * @param notPolled share of the items
         * @param keptSeconds how long the list shows an item
         */
        System(double ratePerSecond, double pushSeconds, double notPushed, double notPolled, double keptSeconds) {
            this.ratePerSecond = ratePerSecond;
            this.pushSeconds = pushSeconds;
            this.notPushed = notPushed;
            this.notPolled = notPolled;
            this.keptSeconds = keptSeconds;
        }

        /** What its poller and receiver see, in the order of time, as it is told to the pairing. */
        List<Step> seen(long seed, Pairing pairing) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Step> steps = new ArrayList<>();
            Map<Integer, List<String>> shown = new LinkedHashMap<>();
            double at = READY_SECONDS;
            for (int i = 0; (at -= Math.log(1 - random.nextDouble()) / ratePerSecond) < SECONDS; i++) {
                String id = "item" + i;
                double pushed = at - pushSeconds * Math.log(1 - random.nextDouble());
                if (random.nextDouble() >= notPushed && pushed < SECONDS) {
                    steps.add(new Step(pushed, () -> pairing.pushes().saw(sighting(id, pushed, 0))));
                }
                int poll = (int) Math.ceil(at / INTERVAL_SECONDS);
                if (random.nextDouble() >= notPolled && poll * INTERVAL_SECONDS < at + keptSeconds) {
                    shown.computeIfAbsent(poll, number -> new ArrayList<>()).add(id);
                }
            }
            for (int poll = 0; poll * INTERVAL_SECONDS < SECONDS; poll++) {
                long number = poll + 1;
                double begun = poll * INTERVAL_SECONDS;
                double ended = begun + 0.1;
                List<String> ids = shown.getOrDefault(poll, List.of());
                steps.add(new Step(ended, () -> {
                    ids.forEach(id -> pairing.polls().saw(sighting(id, ended, number)));
                    pairing.polls().polled(number, nanos(begun), nanos(ended), PollEnding.READ, true);
                }));
            }
            steps.add(new Step(READY_SECONDS, () -> pairing.ready(nanos(READY_SECONDS))));
            steps.sort(Comparator.comparingDouble(Step::seconds));
            return steps;
        }

        private static Sighting sighting(String id, double seconds, long poll) {
            return new Sighting(id, "", nanos(seconds), poll, OptionalLong.empty(), false);
        }
    }

    private record Step(double seconds, Runnable told) {}

    @ParameterizedTest
    @EnumSource
    void areTrueOfTheItems(System system) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            List<ObservedPair> items = new ArrayList<>();
            Pairing pairing = new Pairing(new Pairing.Setup(nanos(INTERVAL_SECONDS), nanos(5), 100_000, 0), items::add);
            system.seen(seed, pairing).forEach(step -> step.told().run());
            pairing.end(nanos(SECONDS));
            ObservedRecord record = record(pairing.observed(nanos(SECONDS)));
            ObserveView view = ObserveView.of(record, "");
            List<Double> sooner = items.stream()
                    .filter(item -> item.outcome() == Outcome.BOTH)
                    .map(item -> item.soonerMillis().orElseThrow())
                    .sorted()
                    .toList();

            assertPage(view.answer(), items, sooner);
            assertThat(view.sooner().isEmpty()).isEqualTo(sooner.isEmpty());
            view.sooner().forEach(chart -> assertDifferences(chart, sooner));
            assertThat(view.strip()).hasSameSizeAs(items.isEmpty() ? List.of() : List.of(1));
            view.strip()
                    .forEach(strip ->
                            assertStrip(strip.title(), items, record.strip().spanSeconds()));
        }
    }

    private static void assertPage(String title, List<ObservedPair> items, List<Double> sooner) {
        Matcher read = read(PAGE, title);
        int both = sooner.size();
        if (title.startsWith("No item")) {
            assertThat(both).as(title).isZero();
        } else if (read.group("few") != null) {
            assertThat(both).as(title).isEqualTo(count(read.group("few"))).isLessThan((int)
                    Distribution.samplesNeeded(0.5));
        } else {
            assertThat(both).as(title).isEqualTo(count(read.group("both")));
            double low = sooner.get((both - 1) / 2); // of an even number, the median is anything between these
            double high = sooner.get(both / 2);
            assertThat(millis(read, 2)).as(title).isBetween(low - SHOWN * Math.abs(low), high + SHOWN * Math.abs(high));
        }
        long missedByPolls = count(items, Outcome.GONE) + count(items, Outcome.PUSH_ONLY);
        long missedByPushes = count(items, Outcome.POLL_ONLY);
        assertThat(read.group(6) == null ? 0 : count(read.group(6))).as(title).isEqualTo((int) missedByPolls);
        assertThat(read.group(7) == null ? 0 : count(read.group(7))).as(title).isEqualTo((int) missedByPushes);
    }

    private static void assertDifferences(DotChart chart, List<Double> sooner) {
        Matcher read = read(DIFFERENCES, chart.title());
        double mean = sooner.stream().mapToDouble(each -> each).average().orElseThrow();
        assertThat(millis(read, 1)).as(chart.title()).isCloseTo(mean, withinPercentage(100 * SHOWN));
    }

    private static void assertStrip(String title, List<ObservedPair> items, double spanSeconds) {
        Matcher read = read(STRIP, title);
        assertThat(Double.parseDouble(read.group(1))).as(title).isCloseTo(spanSeconds, withinPercentage(100 * SHOWN));
        long pushed = count(items, spanSeconds, ObservedPair::pushedNanos);
        long polled = count(items, spanSeconds, ObservedPair::polledNanos);
        long either = items.stream()
                .filter(item -> within(item.pushedNanos(), spanSeconds) || within(item.polledNanos(), spanSeconds))
                .count();
        assertThat(List.of(count(read.group(2)), count(read.group(3)), count(read.group(4))))
                .as(title)
                .isEqualTo(List.of((int) pushed, (int) either, (int) polled));
    }

    private static long count(List<ObservedPair> items, double spanSeconds, Function<ObservedPair, OptionalLong> way) {
        return items.stream()
                .filter(item -> within(way.apply(item), spanSeconds))
                .count();
    }

    private static boolean within(OptionalLong nanos, double spanSeconds) {
        return nanos.isPresent() && (nanos.getAsLong() - nanos(READY_SECONDS)) / 1e9 <= spanSeconds;
    }

    private static long count(List<ObservedPair> items, Outcome outcome) {
        return items.stream().filter(item -> item.outcome() == outcome).count();
    }

    private static int count(String text) {
        return text.equals("none") ? 0 : Integer.parseInt(text.replace(",", ""));
    }

    /** Of what {@link #CAME} read, from this group on; negative for later. */
    private static double millis(Matcher read, int group) {
        double amount = Double.parseDouble(read.group(group).replace(",", "")) * MILLIS.get(read.group(group + 1));
        return read.group(group + 2).equals("sooner") ? amount : -amount;
    }

    private static Matcher read(Pattern pattern, String title) {
        Matcher matcher = pattern.matcher(title);
        assertThat(matcher.matches()).as(title).isTrue();
        return matcher;
    }

    private static ObservedRecord record(Observed observed) {
        Map<String, Object> poll = new LinkedHashMap<>(Map.of("mode", "poll"));
        poll.putAll(observed.pollColumns());
        Map<String, Object> push = new LinkedHashMap<>(Map.of("mode", "receive"));
        push.putAll(observed.pushColumns());
        return new ObservedRecord(
                RunRecord.SCHEMA_VERSION,
                "observed",
                "observe",
                List.of("pushpull", "observe"),
                "2026-01-01T00:00:00Z",
                Map.of(),
                false,
                observed.pairing("", true),
                List.of(poll, push),
                observed.strip(),
                observed.otherIntervals(),
                List.of(),
                List.of(),
                List.of());
    }

    private static long nanos(double seconds) {
        return Math.round(1e9 * seconds);
    }
}
