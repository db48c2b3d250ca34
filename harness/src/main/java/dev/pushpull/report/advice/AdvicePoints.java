package dev.pushpull.report.advice;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.Meter;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The chart of an answer: latency p95 against what is to be small, a point for each candidate, and what the page's
 * script needs to move them.
 *
 * @param column of the vertical axis
 * @param run the scenario, for the closed forms of the script
 * @param moves whether the script's closed forms hold here: Poisson arrivals, no outages, no distance
 * @param consumer meters that make the bill
 * @param perMillion prices of a million requests by mode
 */
record AdvicePoints(
        String title,
        String column,
        String axis,
        String currency,
        List<Point> points,
        Map<String, Object> run,
        boolean moves,
        List<Meter> consumer,
        Map<String, Double> perMillion,
        Map<String, Double> monthly,
        List<Slider> sliders) {
    private static final String PER_SECOND = "requests and frames a second";

    /**
     * One candidate.
     *
     * @param form the script's closed form of it: polling, webhook, or none
     */
    record Point(
            String mode,
            int colour,
            boolean feasible,
            String answer,
            String settings,
            Double latency,
            Double value,
            String form,
            double intervalSeconds,
            Map<String, Object> sizes,
            boolean listens,
            boolean asks) {}

    /** A range input of the page, logarithmic. */
    record Slider(String name, String label, String least, String most, String value) {
        private static Slider of(String name, String label, double least, double most, double value) {
            return new Slider(
                    name,
                    label,
                    Decimals.setting(Math.log10(Math.min(least, value))),
                    Decimals.setting(Math.log10(Math.max(most, value))),
                    Decimals.shortest(Math.log10(value)));
        }
    }

    static AdvicePoints of(AdviceRecord record) {
        boolean money = record.candidates().stream()
                .anyMatch(candidate -> candidate.figures().containsKey(Objective.MONTHLY_COST.column()));
        String column = money ? Objective.MONTHLY_COST.column() : Objective.REQUESTS.column();
        Map<String, Integer> colours = AdviceView.colours(record);
        List<Point> points = new ArrayList<>();
        Map<String, Double> prices = new LinkedHashMap<>();
        Map<String, Double> sums = new LinkedHashMap<>();
        for (Candidate candidate : record.candidates()) {
            OptionalDouble price = record.pricing().perMillionOf(candidate.mode());
            if (price.isPresent()) {
                prices.put(candidate.mode(), price.getAsDouble());
            }
            record.pricing().fixedSum(candidate.mode()).ifPresent(sum -> sums.put(candidate.mode(), sum));
            points.add(new Point(
                    candidate.mode(),
                    colours.get(candidate.mode()),
                    candidate.feasible(),
                    candidate.answer(),
                    candidate.typed(),
                    candidate.figures().get("latency_p95_ms"),
                    candidate.figures().get(column),
                    form(candidate),
                    candidate.intervalNanos() / 1e9,
                    sizes(candidate),
                    candidate.traits().has(Trait.LISTENS),
                    candidate.traits().asks()));
        }
        boolean moves = moves(record.scenario())
                && record.prices().consumer().stream().noneMatch(meter -> meter.kind() == Meter.Kind.EGRESS)
                && points.stream().anyMatch(point -> !point.form().isEmpty());
        return new AdvicePoints(
                "Latency p95 against " + (money ? "cost a month" : PER_SECOND),
                column,
                money ? "a month" : PER_SECOND,
                record.currency(),
                points,
                run(record.scenario()),
                moves,
                record.prices().consumer(),
                prices,
                sums,
                moves ? sliders(record.scenario()) : List.of());
    }

    /** The closed forms of the script are for polls at a fixed interval and for events sent one by one. */
    private static String form(Candidate candidate) {
        ModeTraits traits = candidate.traits();
        if (!candidate.answer().equals("predicted")) {
            return "";
        }
        if (traits.begins() == Begins.CONSUMER && traits.has(Trait.CLOCKED) && traits.has(Trait.INDEPENDENT_POLLS)) {
            return "polls";
        }
        return traits.begins() == Begins.PROVIDER && !traits.has(Trait.GATHERS) ? "pushes" : "";
    }

    private static Map<String, Object> sizes(Candidate candidate) {
        Map<String, Object> sizes = new LinkedHashMap<>();
        sizes.put("conditional", candidate.traits().has(Trait.BARE_WHEN_EMPTY));
        return sizes;
    }

    private static boolean moves(Scenario scenario) {
        return scenario.events().arrivals().kind().equals("poisson")
                && scenario.faults().outages().isEmpty()
                && scenario.faults().meanDownNanos() == 0
                && !scenario.wire().modelled()
                && scenario.network().drawn().isEmpty();
    }

    private static Map<String, Object> run(Scenario scenario) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("rate", scenario.events().arrivals().ratePerSecond());
        run.put("consumers", scenario.events().consumers());
        run.put("payload", scenario.events().payloadBytes());
        run.put("failure_rate", scenario.faults().failureRate());
        run.put("duration_s", scenario.run().durationNanos() / 1e9);
        run.put("page_limit", scenario.polling().pageLimit());
        run.put("retention", scenario.events().retention());
        run.put("shared", scenario.events().streams() == Scenario.Streams.SHARED);
        run.put("poll_leg_s", scenario.network().pollResponseNanos() / 1e9);
        run.put("webhook_leg_s", scenario.network().webhookNanos() / 1e9);
        run.put(
                "waits_s",
                scenario.webhooks().retries().delaysNanos().stream()
                        .map(nanos -> nanos / 1e9)
                        .toList());
        run.put("jitter", scenario.webhooks().retries().jitter());
        return run;
    }

    private static List<Slider> sliders(Scenario scenario) {
        return List.of(
                Slider.of(
                        "rate",
                        "Events of one stream",
                        1e-5,
                        100,
                        scenario.events().arrivals().ratePerSecond()),
                Slider.of("consumers", "Consumers", 1, 1e6, scenario.events().consumers()),
                Slider.of("interval", "Poll interval, times", 0.01, 100, 1),
                Slider.of("price", "Prices, times", 0.01, 100, 1));
    }
}
