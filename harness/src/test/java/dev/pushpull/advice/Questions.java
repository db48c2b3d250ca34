package dev.pushpull.advice;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Measure;
import dev.pushpull.scenario.Meter;
import dev.pushpull.scenario.Need;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Questions for tests. */
final class Questions {
    private static final List<String> FIXED_OR_SENT = List.of("polling", "conditional-polling", "webhook");

    private Questions() {}

    static Question of(Scenario scenario, Objective objective, Need... needs) {
        return new Question(
                scenario,
                modes(FIXED_OR_SENT),
                Set.of(),
                List.of(needs),
                Terms.ANY,
                Optional.empty(),
                PriceList.NONE,
                Pricing.NONE,
                objective);
    }

    static Question with(Question question, Terms terms, Pricing pricing, List<DeliveryMode> modes) {
        return new Question(
                question.scenario(),
                modes,
                question.fixed(),
                question.needs(),
                terms,
                question.outage(),
                question.prices(),
                pricing,
                question.objective());
    }

    static List<DeliveryMode> modes(List<String> names) {
        return DeliveryModes.all().stream()
                .filter(mode -> names.contains(mode.name()))
                .toList();
    }

    static Need need(Measure measure, double bound) {
        return new Need(measure, bound, measure.text() + "<" + bound);
    }

    /** Anything that somebody might ask: rates from one a day to ten a second, bounds, quotas, free tiers and prices. */
    static Question random(RandomGenerator random) {
        double rate = logarithmic(random, 1e-5, 10);
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(rate), 1)
                .consumers((int) Math.round(logarithmic(random, 1, 10_000)))
                .legs(logarithmic(random, 1e-4, 0.3), logarithmic(random, 1e-4, 0.3))
                .scenario();
        List<Need> needs = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            needs.add(need(Measure.LATENCY_P95, logarithmic(random, 1e3, 3.6e6)));
        }
        if (random.nextInt(3) == 0) {
            needs.add(need(Measure.LATENCY_MEAN, logarithmic(random, 1e3, 3.6e6)));
        }
        if (random.nextInt(3) == 0) {
            needs.add(need(Measure.LOST_RATIO, 1e-6));
        }
        boolean quota = random.nextBoolean();
        double perSecond = logarithmic(random, 1e-3, 10);
        Terms terms = new Terms(
                random.nextBoolean(),
                random.nextBoolean(),
                quota ? perSecond : 0,
                quota ? perSecond + "/s" : "",
                random.nextBoolean(),
                random.nextBoolean() ? Math.round(logarithmic(random, 1e9, 6e10)) : 0);
        boolean priced = random.nextBoolean();
        Objective objective =
                priced ? Objective.MONTHLY_COST : random.nextBoolean() ? Objective.REQUESTS : Objective.LATENCY_MEAN;
        PriceList list = !priced
                ? PriceList.NONE
                : new PriceList(
                        "random",
                        "USD",
                        true,
                        List.of(new Meter(
                                Meter.Kind.REQUESTS,
                                1,
                                1e6,
                                random.nextBoolean() ? logarithmic(random, 1e3, 1e7) : 0,
                                random.nextBoolean()
                                        ? List.of()
                                        : List.of(new Meter.Step(logarithmic(random, 1e7, 1e8), 0.5)),
                                Meter.Counts.ALL,
                                1,
                                0,
                                Meter.When.ALWAYS,
                                "https://example.com",
                                "2026-01-01")),
                        List.of());
        return new Question(
                scenario,
                modes(List.of("polling", "conditional-polling", "webhook", "long-polling", "hybrid")),
                Set.of(),
                needs,
                terms,
                Optional.empty(),
                list,
                new Pricing("", OptionalDouble.empty(), java.util.Map.of()),
                objective);
    }

    static double logarithmic(RandomGenerator random, double least, double most) {
        return least * Math.pow(most / least, random.nextDouble());
    }
}
