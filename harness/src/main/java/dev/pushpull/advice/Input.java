package dev.pushpull.advice;

import dev.pushpull.scenario.Measure;
import dev.pushpull.scenario.Meter;
import dev.pushpull.scenario.Need;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.DoubleFunction;

/**
 * One number in a question, which can be another.
 *
 * @param now its value
 * @param matters whether anything that decides can depend on it
 * @param changesRuns whether runs in virtual time are others with another value
 * @param whole whether it is a whole number
 * @param least the least value that it can have, and the most
 * @param words a value in words
 * @param with the same question with another value
 */
record Input(
        String name,
        double now,
        boolean matters,
        boolean changesRuns,
        boolean whole,
        double least,
        double most,
        DoubleFunction<String> words,
        DoubleFunction<Question> with) {
    private static final int LEAST_PAYLOAD = 16;
    private static final int MOST_PAYLOAD = 8 << 20;

    /** Figures of all consumers together: all others are those of one consumer, however many there are. */
    private static final Set<Measure> TOTALS = Set.of(
            Measure.REQUESTS_PER_SECOND,
            Measure.PROVIDER_REQUESTS_PER_SECOND,
            Measure.MONTHLY_REQUESTS,
            Measure.MONTHLY_COST,
            Measure.HELD_CONNECTIONS);

    private static boolean needs(Question question, Set<Measure> any) {
        return question.needs().stream().anyMatch(need -> any.contains(need.measure()));
    }

    /** Whether anything is paid by its size. */
    private static boolean bySize(Question question) {
        return question.prices().consumer().stream()
                .anyMatch(meter -> meter.kind() == Meter.Kind.EGRESS || meter.kind() == Meter.Kind.MESSAGES);
    }

    /** All that can be changed. */
    static List<Input> of(Question question) {
        List<Input> all = new ArrayList<>();
        Scenario scenario = question.scenario();
        ArrivalProcess arrivals = scenario.events().arrivals();
        if (atRate(arrivals, 1).isPresent()) {
            all.add(new Input(
                    "rate",
                    arrivals.ratePerSecond(),
                    true,
                    true,
                    false,
                    0,
                    1e6,
                    scenario.events().rateUnit()::readable,
                    rate -> question.with(scenario.withEvents(scenario.events()
                            .withArrivals(atRate(arrivals, rate / arrivals.ratePerSecond())
                                    .orElseThrow())))));
        }
        for (int i = 0; i < question.needs().size(); i++) {
            all.add(ofNeed(question, i));
        }
        all.add(new Input(
                "consumers",
                scenario.events().consumers(),
                question.objective() == Objective.MONTHLY_COST || needs(question, TOTALS),
                false,
                true,
                1,
                1e9,
                value -> String.format(Locale.ROOT, "%,.0f", value),
                value -> question.with(scenario.withEvents(scenario.events().withConsumers((int) Math.rint(value))))));
        all.add(new Input(
                "payload",
                scenario.events().payloadBytes(),
                needs(question, Set.of(Measure.BYTES_PER_DELIVERY)) || bySize(question),
                true,
                true,
                LEAST_PAYLOAD,
                MOST_PAYLOAD,
                value -> Quantity.size(Math.round(value)),
                value -> question.with(
                        scenario.withEvents(scenario.events().withPayloadBytes((int) Math.rint(value))))));
        prices(question, all);
        return all;
    }

    private static Input ofNeed(Question question, int place) {
        Need need = question.needs().get(place);
        boolean duration = need.measure().unit() == Measure.Unit.DURATION;
        return new Input(
                need.measure().text(),
                need.bound(),
                true,
                false,
                false,
                0,
                Double.MAX_VALUE,
                value -> duration ? Quantity.readable(Math.round(1e6 * value)) : Constraint.number(value),
                value -> {
                    List<Need> needs = new ArrayList<>(question.needs());
                    needs.set(place, need.withBound(value));
                    return question.withNeeds(needs);
                });
    }

    private static void prices(Question question, List<Input> all) {
        PriceList list = question.prices();
        Pricing pricing = question.pricing();
        for (int i = 0; i < list.consumer().size(); i++) {
            Meter meter = list.consumer().get(i);
            int place = i;
            if (meter.price() > 0) {
                all.add(price(named(list.consumer(), i), meter.price(), value -> {
                    List<Meter> meters = new ArrayList<>(list.consumer());
                    meters.set(place, meter.times(value / meter.price()));
                    return question.withPrices(
                            new PriceList(
                                    list.name(), list.currency(), list.holdsConnections(), meters, list.provider()),
                            pricing);
                }));
            }
        }
        if (pricing.perMillion().isPresent() && pricing.perMillion().getAsDouble() > 0) {
            all.add(price(
                    "a million requests",
                    pricing.perMillion().getAsDouble(),
                    value -> question.withPrices(list, pricing.withPerMillion(OptionalDouble.of(value)))));
        }
        pricing.perMillionOf().forEach((mode, sum) -> {
            if (sum > 0) {
                all.add(price("a million requests of " + mode, sum, value -> {
                    Map<String, Double> sums = new LinkedHashMap<>(pricing.perMillionOf());
                    sums.put(mode, value);
                    return question.withPrices(list, pricing.withPerMillionOf(sums));
                }));
            }
        });
        pricing.monthly().forEach((mode, sum) -> {
            if (sum > 0) {
                all.add(price("monthly " + mode, sum, value -> {
                    Map<String, Double> sums = new LinkedHashMap<>(pricing.monthly());
                    sums.put(mode, value);
                    return question.withPrices(list, pricing.withMonthly(sums));
                }));
            }
        });
    }

    /** What a meter counts; with its number where another counts the same. */
    private static String named(List<Meter> meters, int place) {
        String name = name(meters.get(place));
        boolean alone =
                meters.stream().filter(meter -> name(meter).equals(name)).count() == 1;
        return alone ? name : name + " (meter " + (place + 1) + ")";
    }

    private static String name(Meter meter) {
        return meter.kind().text()
                + (meter.counts() == Meter.Counts.ALL
                        ? ""
                        : " " + meter.counts().name().toLowerCase(Locale.ROOT));
    }

    private static Input price(String of, double now, DoubleFunction<Question> with) {
        return new Input("price of " + of, now, true, false, false, 0, Double.MAX_VALUE, Constraint::number, with);
    }

    /** The same law at so many times its rate; empty for a trace, whose times are what they are. */
    private static Optional<ArrivalProcess> atRate(ArrivalProcess arrivals, double times) {
        return arrivals instanceof BurstyArrivals bursty
                ? Optional.of(new BurstyArrivals(
                        bursty.burstRatePerSecond() * times, bursty.meanOnNanos(), bursty.meanOffNanos()))
                : faster(arrivals, times);
    }

    /** The same events at another pace, so that bursts shrink too; empty for a trace. */
    static Optional<ArrivalProcess> faster(ArrivalProcess arrivals, double times) {
        if (arrivals instanceof PoissonArrivals) {
            return Optional.of(new PoissonArrivals(arrivals.ratePerSecond() * times));
        }
        if (arrivals instanceof PeriodicArrivals) {
            return Optional.of(new PeriodicArrivals(arrivals.ratePerSecond() * times));
        }
        return arrivals instanceof BurstyArrivals bursty
                ? Optional.of(new BurstyArrivals(
                        bursty.burstRatePerSecond() * times,
                        bursty.meanOnNanos() / times,
                        bursty.meanOffNanos() / times))
                : Optional.empty();
    }
}
