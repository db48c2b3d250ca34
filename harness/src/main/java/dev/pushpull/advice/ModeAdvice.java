package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be said of one mode.
 *
 * @param point its settings and figures; empty where nothing is known or needed
 * @param relaxed by what factor the binding constraint would have to give; 1 where it need not, infinite where no number
 *     would help
 * @param relaxation what would have to give, in words
 */
record ModeAdvice(
        DeliveryMode mode,
        boolean feasible,
        Optional<Point> point,
        String binding,
        String reason,
        double relaxed,
        String relaxation) {
    /** What cannot be had begins with this. */
    static final String WITHOUT = "no ";

    /** A constraint whose bound is used to this share sets the settings. */
    private static final double BINDING = 0.98;

    /** One that cannot be had at all. */
    static ModeAdvice excluded(DeliveryMode mode, String binding, String reason) {
        return new ModeAdvice(mode, false, Optional.empty(), binding, reason, Double.POSITIVE_INFINITY, "");
    }

    /** What cannot be changed by any setting, if anything. */
    static Optional<ModeAdvice> exclusion(Question question, DeliveryMode mode) {
        Terms terms = question.terms();
        String called = mode.traits().called();
        if (mode.traits().has(Trait.LISTENS) && !terms.publicEndpoint()) {
            return Optional.of(excluded(
                    mode,
                    WITHOUT + "public endpoint",
                    mode.traits().with("needs", "need") + " a public endpoint at each consumer"));
        }
        if (mode.traits().has(Trait.HOLDS_CONNECTIONS) && !terms.longConnections()) {
            return Optional.of(excluded(
                    mode, WITHOUT + "long connections", mode.traits().with("holds", "hold") + " connections open"));
        }
        if (mode.traits().has(Trait.HOLDS_CONNECTIONS) && !question.prices().holdsConnections()) {
            return Optional.of(excluded(
                    mode,
                    "prices " + question.prices().name(),
                    "%s prices hosting that cannot hold the connections of %s"
                            .formatted(question.prices().name(), called)));
        }
        return Optional.empty();
    }

    /** The best by a search. */
    static ModeAdvice of(DeliveryMode mode, Search search, Optional<Point> best) {
        if (best.isEmpty()) {
            return excluded(mode, "unknown figures", "neither a closed form nor virtual time gives its figures here");
        }
        Point point = best.get();
        if (point.load() < 1) {
            int tightest = point.tightest();
            boolean binds = tightest >= 0
                    && !point.values().isEmpty()
                    && point.loads()[tightest] > BINDING * (1 - Search.MARGIN);
            Constraint by = binds ? search.constraints().get(tightest) : null;
            return new ModeAdvice(mode, true, best, binds ? by.text() : "", binds ? by.text() + " sets it" : "", 1, "");
        }
        return infeasible(mode, search, point);
    }

    private static ModeAdvice infeasible(DeliveryMode mode, Search search, Point nearest) {
        List<Constraint> constraints = search.constraints();
        Point with = nearest;
        int binding = nearest.tightest();
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < constraints.size(); i++) {
            Optional<Point> without = search.least(i);
            if (without.isPresent()
                    && without.get().load(i) < 1
                    && without.get().loads()[i] < least) {
                least = without.get().loads()[i];
                binding = i;
                with = without.get();
            }
        }
        Constraint by = constraints.get(binding);
        if (Double.isInfinite(least)) {
            String several = "several constraints at once, %s most of all".formatted(by.text());
            return new ModeAdvice(mode, false, Optional.of(nearest), by.text(), several, least, "");
        }
        String wanted = by.words().of(least);
        String allowed = by.words().of(1);
        String other = other(constraints, with, binding);
        String called = mode.traits().called();
        String reason = by.subject().equals("the quota")
                ? "the quota allows %s a stream; %s by %s needs %s".formatted(allowed, other, called, wanted)
                : by.exact()
                        ? "polls may come every %s at most; %s by %s needs %s".formatted(allowed, other, called, wanted)
                        : "%s below %s is out of reach of %s%s: %s at the least"
                                .formatted(by.subject(), allowed, called, given(constraints, with, binding), wanted);
        return new ModeAdvice(
                mode,
                false,
                Optional.of(with),
                by.text(),
                reason,
                least,
                "%s: %s instead of %s, for %s".formatted(by.text(), wanted, allowed, called));
    }

    /** The constraint that conflicts with the binding one. */
    private static String other(List<Constraint> constraints, Point point, int binding) {
        int other = otherThan(point, binding);
        return other < 0
                ? "what is asked"
                : constraints.get(other).subject() + " below "
                        + constraints.get(other).words().of(1);
    }

    private static String given(List<Constraint> constraints, Point point, int binding) {
        int other = otherThan(point, binding);
        return other < 0 ? "" : " within " + constraints.get(other).text();
    }

    private static int otherThan(Point point, int binding) {
        int other = -1;
        for (int i = 0; i < point.loads().length; i++) {
            if (i != binding
                    && point.loads()[i] > BINDING * (1 - Search.MARGIN)
                    && (other < 0 || point.loads()[i] > point.loads()[other])) {
                other = i;
            }
        }
        return other;
    }

    /** As a row of the answer. */
    Candidate candidate(int rank, Question question) {
        Map<String, String> settings = new LinkedHashMap<>();
        Scenario scenario = point.map(Point::scenario).orElse(question.scenario());
        long interval = 0;
        for (Choice choice : mode.choices()) {
            String value = choice.in(scenario);
            boolean set = point.isPresent() && !value.isEmpty();
            if (set) {
                settings.put(choice.flag(), value);
            }
            if (set && choice.pollInterval()) {
                interval = Quantity.durationNanos(choice.flag(), value);
            }
        }
        return new Candidate(
                rank,
                mode.name(),
                mode.traits(),
                feasible,
                binding,
                reason,
                point.map(known -> known.figures().kind().text()).orElse(""),
                settings,
                interval,
                point.map(known -> known.figures().values()).orElse(Map.of()),
                point.map(known -> known.figures().formulas()).orElse(Map.of()));
    }

    /** The objective's value; infinite when unknown. */
    double goal(Question question) {
        return point.map(known -> known.figures().value(question.objective().column()))
                .orElse(Double.POSITIVE_INFINITY);
    }
}
