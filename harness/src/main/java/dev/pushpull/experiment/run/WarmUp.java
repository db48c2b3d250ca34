package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Warms up the modes that will be side by side by a rehearsal of the run, side by side, with providers and consumers of
 * their own: first at a brisk pace until it has come to rest ({@link Settling}), then for some seconds at the run's own,
 * which tells how long the legs of each path take. Nothing of it enters the measured figures.
 */
public final class WarmUp {
    /** How long each part of it may last, if not as long as usual: what nobody measures need not be warm. */
    private static final String LONGEST_PROPERTY = "pushpull.longestWarmUpMillis";

    private static final long LONGEST_MILLIS = 10_000;
    /** More of them side by side have more to be compiled, and so the longest time is that much longer. */
    private static final int USUAL_MODES = 4;

    private static final long LEARNING_NANOS = TimeUnit.MILLISECONDS.toNanos(5_000);

    /** Of the learning, at whose beginning consumers open their connections: what is not learned from. */
    private static final double RUN_IN_SHARE = 0.25;

    /** Of the learning: what delays one event delays those around it, so stretches are what is independent. */
    private static final int BLOCKS = 12;

    private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Enough blocks to be judged, and some to become warm in. */
    private static final long LEAST_NANOS = (2 * Settling.COMPARED + 2) * BLOCK_NANOS;

    /**
     * How often everything is opened, used for a block and closed beforehand. The second compiler leaves out branches that
     * were never taken, and throws a method away once one is: without this, closing a rehearsal undoes much of it.
     */
    private static final int TURNS = 2;

    /** Consumers with a journal, as some have in a run: so that code with and without one is run. */
    private static final int FOLLOWED = 1;

    /** Of the warm-up, where connections are opened in the run: how much of it opens one for each request. */
    private static final double OPENING_SHARE = 0.25;

    private final TrialGroup.Host host;
    private final Interruption interruption;
    private final NanoClock clock = NanoClock.SYSTEM;
    private final long longestNanos = longestNanos();

    public WarmUp(TrialGroup.Host host, Interruption interruption) {
        this.host = host;
        this.interruption = interruption;
    }

    /** How long a warm-up may last, or each of its parts. */
    public static long longestNanos() {
        return TimeUnit.MILLISECONDS.toNanos(Long.getLong(LONGEST_PROPERTY, LONGEST_MILLIS));
    }

    /**
     * Both parts.
     *
     * @param share of the longest time that these modes may take, where others warm up as well; too little to find out
     *     whether they are at rest is not given
     */
    public WarmedUp warmUp(List<DeliveryMode> modes, Scenario scenario, double share)
            throws IOException, InterruptedException {
        long usualNanos = Math.max((long) (share * longestNanos), Math.min(longestNanos, LEAST_NANOS));
        long mostNanos = usualNanos * Math.max(USUAL_MODES, modes.size()) / USUAL_MODES;
        long beganNanos = clock.nanoTime();
        for (int turn = 0; turn < TURNS && mostNanos > LEAST_NANOS && !interruption.requested(); turn++) {
            settle(modes, scenario, BLOCK_NANOS);
        }
        long openingNanos = 0;
        Wire wire = scenario.wire();
        if ((wire.tls() || wire.keepAliveNanos() != Wire.AS_USUAL) && wire.keptNanos() > 0) {
            openingNanos = (long) (OPENING_SHARE * mostNanos);
            settle(modes, scenario.withWire(wire.keeping(0)), openingNanos);
        }
        Optional<String> unsettled = settle(modes, scenario, mostNanos - openingNanos);
        long tookNanos = clock.nanoTime() - beganNanos;
        WarmedUp.Rest rest =
                new WarmedUp.Rest(modes.stream().map(DeliveryMode::name).toList(), tookNanos, unsettled);
        boolean asked = Long.getLong(LONGEST_PROPERTY) == null && !interruption.requested();
        long lengthNanos =
                learningNanos() + Math.max(0, usualNanos - tookNanos); // the sooner at rest, the more is learned
        return learned(modes, scenario, lengthNanos, asked ? List.of(rest) : List.of());
    }

    /**
     * The legs alone, of modes that are warm.
     *
     * @param mostNanos how long that may take
     */
    public WarmedUp legs(List<DeliveryMode> modes, Scenario scenario, long mostNanos)
            throws IOException, InterruptedException {
        return learned(modes, scenario, Math.min(mostNanos, learningNanos()), List.of());
    }

    private long learningNanos() {
        return Math.min(longestNanos, LEARNING_NANOS);
    }

    /** At a brisk pace until all is at rest; what was not, when there was no more time. */
    private Optional<String> settle(List<DeliveryMode> modes, Scenario run, long mostNanos)
            throws IOException, InterruptedException {
        long giveUpNanos = clock.nanoTime() + host.leastLeadNanos() + mostNanos;
        return rehearsed(modes, Rehearsals.brisk(run, modes, mostNanos), (group, meters, startNanos) -> {
            Blocks blocks = new Blocks(group);
            long endNanos = startNanos;
            do {
                endNanos += BLOCK_NANOS;
                await(Math.min(endNanos, giveUpNanos));
                blocks.next(BLOCK_NANOS);
            } while (Settling.unsettled(blocks.all()).isPresent()
                    && endNanos + BLOCK_NANOS <= giveUpNanos
                    && host.lost().isEmpty()
                    && !interruption.requested());
            stop(group);
            return Settling.unsettled(blocks.all());
        });
    }

    /**
     * What the legs between consumer and provider take at the run's own pace, without what the wire adds to them: over
     * standing connections, without its delay.
     */
    private WarmedUp learned(List<DeliveryMode> modes, Scenario run, long lengthNanos, List<WarmedUp.Rest> rests)
            throws IOException, InterruptedException {
        Scenario rehearsal =
                Rehearsals.paced(run.withWire(run.wire().within(0).keeping(Wire.AS_USUAL)), modes, lengthNanos);
        boolean ownPace = rehearsal.events().arrivals().ratePerSecond()
                == run.events().arrivals().meanRatePerSecond(run.run().durationNanos());
        return rehearsed(modes, rehearsal, (group, meters, startNanos) -> {
            long runInNanos = (long) (RUN_IN_SHARE * lengthNanos);
            await(startNanos + runInNanos);
            long compiledMillis = group.compilationMillis();
            long fromNanos = clock.nanoTime();
            Map<Trial, Recording> first = records(group);
            Map<Trial, Recording> before = first;
            Map<Trial, List<Scenario.Network>> blocks = new HashMap<>();
            group.trials().forEach(trial -> blocks.put(trial, new ArrayList<>()));
            for (int block = 1; block <= BLOCKS; block++) {
                await(startNanos + runInNanos + (lengthNanos - runInNanos) * block / BLOCKS);
                if (block == BLOCKS) {
                    stop(group);
                }
                Map<Trial, Recording> now = records(group);
                for (Trial trial : group.trials()) {
                    blocks.get(trial).add(between(trial, before, now));
                }
                before = now;
            }
            double compilingShare =
                    (group.compilationMillis() - compiledMillis) * 1e6 / Math.max(1, clock.nanoTime() - fromNanos);
            Distribution pauses = meters.stop(Distribution.empty(), 0).hiccups();
            Map<String, Scenario.Network> legs = new LinkedHashMap<>();
            Map<String, Learning> learnings = new LinkedHashMap<>();
            for (Trial trial : group.trials()) {
                Scenario.Network learned = between(trial, first, before);
                legs.put(trial.mode().name(), ownPace ? learned : learned.constant());
                learnings.put(trial.mode().name(), new Learning(blocks.get(trial), pauses, compilingShare));
            }
            return new WarmedUp(legs, learnings, rests);
        });
    }

    private static Map<Trial, Recording> records(TrialGroup group) {
        Map<Trial, Recording> records = new HashMap<>();
        group.trials().forEach(trial -> records.put(trial, trial.books().record()));
        return records;
    }

    private static Scenario.Network between(Trial trial, Map<Trial, Recording> earlier, Map<Trial, Recording> now) {
        return trial.mode().live().legs(Blocks.since(earlier.get(trial), now.get(trial)));
    }

    /** What is made of a rehearsal under way. */
    private interface Watching<T> {
        T watch(TrialGroup group, NoiseMeters meters, long startNanos) throws IOException, InterruptedException;
    }

    /** As in the run, the machine is listened to meanwhile: that, too, keeps it from going idle. */
    private <T> T rehearsed(List<DeliveryMode> modes, Scenario rehearsal, Watching<T> watching)
            throws IOException, InterruptedException {
        try (NoiseMeters meters = new NoiseMeters("warm-up", rehearsal, clock);
                TrialGroup group = host.open(new TrialSetup(rehearsal, EventPlan.draw(rehearsal), modes, FOLLOWED))) {
            meters.start();
            long startNanos = clock.nanoTime() + Math.max(host.leastLeadNanos(), LiveRun.leadNanos(modes, rehearsal));
            group.start(startNanos);
            return watching.watch(group, meters, startNanos);
        }
    }

    private void await(long untilNanos) throws InterruptedException {
        interruption.await(Math.max(0, untilNanos - clock.nanoTime()));
    }

    private static void stop(TrialGroup group) throws IOException, InterruptedException {
        group.stopEvents();
        for (Trial trial : group.trials()) {
            trial.stop();
        }
    }
}
