package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Need;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.TraceArrivals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is asked: under these constraints, which mode and which settings?
 *
 * @param scenario the events and everything else that is given; its outages are those of {@code outage}
 * @param modes those that the provider offers
 * @param fixed flags that were given, and so are no choice
 * @param outage one that returns with a period; empty for none
 * @param pricing what a million requests costs, and fixed sums
 * @param memo what was worked out already
 */
public record Question(
        Scenario scenario,
        List<DeliveryMode> modes,
        Set<String> fixed,
        List<Need> needs,
        Terms terms,
        Optional<Periodic> outage,
        PriceList prices,
        Pricing pricing,
        Objective objective,
        Memo memo) {
    private static final long MONTH_NANOS = 30 * 86_400_000_000_000L;
    private static final long MOST_OUTAGES = 40;

    /** A question of which nothing is known yet. */
    public Question(
            Scenario scenario,
            List<DeliveryMode> modes,
            Set<String> fixed,
            List<Need> needs,
            Terms terms,
            Optional<Periodic> outage,
            PriceList prices,
            Pricing pricing,
            Objective objective) {
        this(scenario, modes, fixed, needs, terms, outage, prices, pricing, objective, new Memo());
    }

    /** An outage of this length once in every period. */
    public record Periodic(long lengthNanos, long periodNanos) {}

    /** The same with another scenario. */
    Question with(Scenario other) {
        return new Question(other, modes, fixed, needs, terms, outage, prices, pricing, objective, memo);
    }

    Question withModes(List<DeliveryMode> others) {
        return new Question(scenario, others, fixed, needs, terms, outage, prices, pricing, objective, memo);
    }

    Question withNeeds(List<Need> others) {
        return new Question(scenario, modes, fixed, others, terms, outage, prices, pricing, objective, memo);
    }

    Question withPrices(PriceList list, Pricing sums) {
        return new Question(scenario, modes, fixed, needs, terms, outage, list, sums, objective, memo);
    }

    /** Everything that has to be kept to, as typed. */
    public List<String> constraints() {
        List<String> all = new ArrayList<>();
        needs.forEach(need -> all.add(need.text()));
        if (terms.quotaPerSecond() > 0) {
            all.add("quota " + terms.quotaText() + (terms.freeWhenEmpty() ? ", 304s free" : ""));
        }
        if (terms.minIntervalNanos() > 0) {
            all.add("min-interval " + Quantity.duration(terms.minIntervalNanos()));
        }
        if (!terms.publicEndpoint()) {
            all.add("no public endpoint");
        }
        if (!terms.longConnections()) {
            all.add("no long connections");
        }
        outage.ifPresent(each -> all.add("outage %s/%s"
                .formatted(Quantity.duration(each.lengthNanos()), Quantity.duration(each.periodNanos()))));
        return all;
    }

    /** Whether anything has a price for consumers. */
    public boolean hasPrices() {
        return prices.isNamed() || pricing.isNamed();
    }

    /** The settings of a mode that were left open, within the run. */
    List<Choice> open(DeliveryMode mode) {
        long least = terms.minIntervalNanos();
        return mode.choices().stream()
                .filter(choice -> !fixed.contains(choice.flag()))
                .map(choice -> choice.within(
                        choice.pollInterval() ? least : 0, scenario.run().durationNanos()))
                .toList();
    }

    /** For closed forms: whole periods, about a month of them, unless the events are those of a trace. */
    public Scenario inTheLongRun() {
        if (outage.isEmpty()) {
            return scenario;
        }
        Periodic each = outage.get();
        long most = scenario.events().arrivals() instanceof TraceArrivals
                ? scenario.run().durationNanos()
                : MONTH_NANOS;
        long periods = Math.max(1, Math.min(MOST_OUTAGES, most / each.periodNanos()));
        return over(scenario, each.periodNanos() * periods);
    }

    /** The scenario over another time, with the outages in it. */
    Scenario over(Scenario given, long durationNanos) {
        Scenario longer = given.withRun(given.run().withDurationNanos(durationNanos));
        if (outage.isEmpty()) {
            return longer;
        }
        Periodic each = outage.get();
        List<Outage> outages = new ArrayList<>();
        // early in each period, so that retries end within it
        long first = (each.periodNanos() - each.lengthNanos()) / 4;
        for (long start = first; start + each.lengthNanos() <= durationNanos; start += each.periodNanos()) {
            outages.add(new Outage(start, each.lengthNanos()));
        }
        return longer.withFaults(given.faults().withOutages(outages));
    }
}
