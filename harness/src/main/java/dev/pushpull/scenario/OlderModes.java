package dev.pushpull.scenario;

import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The traits of modes in runs made before they were stored: for the six modes of that time, from a table; for others,
 * from their figures.
 */
public final class OlderModes {
    /** A wait for a clock is on average at least half its interval; a little less is allowed for chance. */
    private static final double LEAST_MEAN_WAIT = 0.45;

    private static final Map<String, ModeTraits> TABLE = Map.of(
            "polling",
            new ModeTraits(
                    Begins.CONSUMER,
                    Set.of(Trait.CLOCKED, Trait.INDEPENDENT_POLLS, Trait.CLAIMED),
                    "polling",
                    false,
                    "Each consumer asks for new events at a fixed interval.",
                    0),
            "webhook",
            new ModeTraits(
                    Begins.PROVIDER,
                    Set.of(Trait.LISTENS, Trait.CLAIMED),
                    "webhooks",
                    true,
                    "The provider sends each event when it occurs, to an endpoint at the consumer.",
                    1),
            "conditional-polling",
            new ModeTraits(
                    Begins.CONSUMER,
                    Set.of(Trait.CLOCKED, Trait.INDEPENDENT_POLLS, Trait.BARE_WHEN_EMPTY),
                    "conditional polling",
                    false,
                    "Each poll says what the consumer holds; when there is nothing new, the answer is a bare 304.",
                    2),
            "adaptive-polling",
            new ModeTraits(
                    Begins.CONSUMER,
                    Set.of(Trait.CLOCKED),
                    "adaptive polling",
                    false,
                    "Each consumer asks less and less often while nothing comes, and often again once something has.",
                    3),
            "long-polling",
            new ModeTraits(
                    Begins.CONSUMER,
                    Set.of(Trait.HOLDS_CONNECTIONS),
                    "long polling",
                    false,
                    "The provider holds each poll until there is something; the next poll follows at once.",
                    4),
            "hybrid",
            new ModeTraits(
                    Begins.BOTH,
                    Set.of(Trait.LISTENS),
                    "the hybrid",
                    false,
                    "The provider sends webhooks, and each consumer polls now and then for those that were lost.",
                    5));

    private OlderModes() {}

    /** The modes in the table. */
    public static Set<String> names() {
        return TABLE.keySet();
    }

    /** The run, with traits for every outcome. */
    public static RunRecord declared(RunRecord run) {
        long intervalNanos = run.scenario().polling().intervalNanos();
        return run.withOutcomes(run.outcomes().stream()
                .map(outcome -> outcome.traits().equals(ModeTraits.UNDECLARED)
                        ? outcome.declared(traits(outcome, intervalNanos))
                        : outcome)
                .toList());
    }

    /** The sweep, with traits for every outcome. */
    public static SweepRecord declared(SweepRecord sweep) {
        List<RunRecord> cells = sweep.cells().stream().map(OlderModes::declared).toList();
        return new SweepRecord(
                sweep.schemaVersion(),
                sweep.runId(),
                sweep.command(),
                sweep.commandLine(),
                sweep.startedAt(),
                sweep.environment(),
                sweep.planned(),
                sweep.partial(),
                cells);
    }

    /** @param intervalNanos T of the run */
    public static ModeTraits traits(Outcome outcome, long intervalNanos) {
        ModeTraits known = TABLE.get(outcome.mode());
        return known != null ? known : byFigures(outcome, intervalNanos);
    }

    private static ModeTraits byFigures(Outcome outcome, long intervalNanos) {
        OptionalDouble asks = outcome.prediction().value("rate_limited_requests_per_s");
        boolean listens = outcome.setup().entrySet().stream()
                .anyMatch(thing -> thing.getKey().contains("listening") && thing.getValue() > 0);
        boolean sends = outcome.counts().attempts() > 0 || listens || asks.isPresent() && asks.getAsDouble() == 0;
        boolean polls = outcome.counts().polls() > 0 || !sends;
        boolean held = outcome.prediction().value("held_requests").isPresent();
        OptionalDouble mean = outcome.latency().meanMillis();
        boolean late = mean.isPresent() && mean.getAsDouble() >= LEAST_MEAN_WAIT * intervalNanos / 1e6;
        Set<Trait> has = EnumSet.noneOf(Trait.class);
        if (outcome.prediction().value("load_factor").isPresent() || !sends && !held && late) {
            has.add(Trait.CLOCKED);
        }
        if (listens) {
            has.add(Trait.LISTENS);
        }
        if (held) {
            has.add(Trait.HOLDS_CONNECTIONS);
        }
        Begins begins = !sends ? Begins.CONSUMER : polls ? Begins.BOTH : Begins.PROVIDER;
        return new ModeTraits(begins, has, outcome.mode(), false, "", 2);
    }
}
