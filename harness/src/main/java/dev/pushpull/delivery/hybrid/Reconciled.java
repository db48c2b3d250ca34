package dev.pushpull.delivery.hybrid;

import dev.pushpull.delivery.Behind;
import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.virtual.PollGrid;
import dev.pushpull.virtual.PollsBeside;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A mode that pushes, with a slow poll by each consumer that finds what its pushes lost.
 *
 * @param asked the interval between two polls of a consumer
 */
record Reconciled(DeliveryMode pushing, ModeOption<Long> asked) implements DeliveryMode {
    private static final long LEAST_CHOICE_NANOS = 1_000_000_000L;
    private static final long MOST_CHOICE_NANOS = 86_400_000_000_000L;

    @Override
    public String name() {
        return pushing.name();
    }

    @Override
    public ModeTraits traits() {
        ModeTraits alone = pushing.traits();
        Set<Trait> has = EnumSet.noneOf(Trait.class);
        has.addAll(alone.has());
        has.remove(Trait.CLAIMED); // the claims are about pushes alone
        return new ModeTraits(
                alone.sends() ? Begins.BOTH : Begins.CONSUMER,
                has,
                alone.called() + " with polls",
                alone.plural(),
                alone.sentence() + " It also polls now and then for what it lacks.",
                alone.colour());
    }

    @Override
    public List<ModeOption<?>> options() {
        return pushing.options();
    }

    @Override
    public List<Choice> choices() {
        return Stream.concat(
                        pushing.choices().stream(),
                        Stream.of(Choice.duration(asked, LEAST_CHOICE_NANOS, MOST_CHOICE_NANOS, true)))
                .toList();
    }

    /** The interval between two polls of a consumer. */
    long intervalNanos(Scenario scenario) {
        String hurried = scenario.modeOptions().get(hurriedFlag());
        return hurried == null ? asked.in(scenario) : asked.parser().apply(hurriedFlag(), hurried);
    }

    /** The flag itself is also that of other modes, which may be without polls. */
    private String hurriedFlag() {
        return asked.flag() + " of " + name();
    }

    /** The same with another interval for this mode alone. */
    Scenario hurried(Scenario scenario, long intervalNanos) {
        Map<String, String> options = new HashMap<>(scenario.modeOptions());
        options.put(hurriedFlag(), intervalNanos + "ns");
        return scenario.withModeOptions(options);
    }

    /** Its polls have the interval, and its pushes wait as long as they would beside such polls. */
    Scenario polling(Scenario scenario) {
        return scenario.withPolling(scenario.polling().withIntervalNanos(intervalNanos(scenario)));
    }

    FixedPollSchedule schedule(Scenario scenario) {
        return new FixedPollSchedule(intervalNanos(scenario), scenario.polling().phase());
    }

    @Override
    public void check(Scenario scenario) {
        pushing.check(scenario);
        Quantity.checkWithinRun(
                asked.flag(), intervalNanos(scenario), scenario.run().durationNanos());
        PollGrid.check(asked.flag(), intervalNanos(scenario), scenario.wire());
    }

    @Override
    public List<String> warnings(Scenario scenario) {
        return pushing.warnings(scenario);
    }

    /** What is not followed of the pushes, or of the polls, or of both together. */
    @Override
    public Optional<String> leavesOut(Scenario scenario) {
        int consumers = scenario.events().consumers();
        int held = pushing.live().demand(scenario).held();
        int theirs = pushing.traits().asks() ? Math.max(consumers, held) : 0;
        return pushing.leavesOut(scenario)
                .or(() -> Behind.shortExchanges(scenario))
                .or(() -> Behind.waiting(scenario, theirs + consumers));
    }

    @Override
    public Live live() {
        return new ReconciledLive(this);
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> {
            Scenario beside = polling(scenario);
            Simulated alone = pushing.virtual().in(beside, events, seeds);
            List<ExchangeSizes> sizes = new ArrayList<>(alone.sizes());
            if (sizes.stream().noneMatch(all -> all.kinds().contains(Exchanges.POLL))) {
                sizes.add(0, SurfaceBytes.polls(scenario));
            }
            long lagNanos = pushing.live()
                    .provider(ProviderSettings.onLoopback(scenario), scenario)
                    .readLagNanos();
            PollsBeside.Ends ends =
                    new PollsBeside.Ends(lagNanos, pushing.live().waits(beside).longestNanos());
            return new Simulated(
                    alone.mode(),
                    sizes,
                    new PollsBeside.Beside(beside, alone.consumers(), schedule(scenario), ends).consumers(seeds),
                    alone.sender());
        };
    }

    @Override
    public Theory theory() {
        return new Theory() {
            @Override
            public Optional<Prediction> predict(Scenario scenario) {
                return predict(scenario, false);
            }

            @Override
            public Optional<Prediction> predictWithConstantLegs(Scenario scenario) {
                return predict(scenario, true);
            }

            private Optional<Prediction> predict(Scenario scenario, boolean exact) {
                return Optional.of(
                        ReconciledTheory.predict(scenario, pushing.theory(), intervalNanos(scenario), exact));
            }
        };
    }
}
