package dev.pushpull.delivery.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.measure.LatencyCounts;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.DownTimes;
import dev.pushpull.schedule.FixedPollSchedule;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.PollSchedule;
import dev.pushpull.schedule.PollTimes;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.VirtualFaults;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTime;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counting polls by arithmetic gives exactly the same as visiting every poll of the policy objects. */
class SteppingTest {
    /** The result, counted one by one. */
    private static final class Stepped {
        long polls;
        long hits;
        long furtherPages;
        long fetched;
        long drain;
        long delivered;
        long dropped;
        double latencySumNanos;
        final LatencyCounts latencies = new LatencyCounts(LatencyCounts.THREE_DIGITS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void fixedPolling(int part) {
        for (int i = 0; i < 10; i++) {
            ScenarioDraft drawn = drawn(new SplittableRandom(10 * part + i));
            Scenario scenario = part % 2 == 0 ? drawn.randomOutages(7, 2).scenario() : drawn.scenario();
            assertSame(
                    scenario,
                    new FixedPollSchedule(
                            scenario.polling().intervalNanos(),
                            scenario.polling().phase()),
                    FixedPollingVirtual.consumers(scenario, new Seeds(i)),
                    new Seeds(i));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void adaptivePolling(int part) {
        for (int i = 0; i < 10; i++) {
            SplittableRandom random = new SplittableRandom(10 * part + i);
            double least = 0.05 + random.nextDouble();
            Scenario scenario = drawn(random)
                    .option("--min-interval", ScenarioDraft.nanos(least) + "ns")
                    .option("--max-interval", ScenarioDraft.nanos(least * (1 + 40 * random.nextDouble())) + "ns")
                    .option("--factor", String.valueOf(1.1 + 2 * random.nextDouble()))
                    .scenario();
            assertSame(
                    scenario,
                    AdaptiveOptions.schedule(scenario),
                    AdaptivePollingVirtual.consumers(scenario, new Seeds(i)),
                    new Seeds(i));
        }
    }

    private static ScenarioDraft drawn(SplittableRandom random) {
        double rate = Math.exp(4 * random.nextDouble() - 2);
        ArrivalProcess arrivals = switch (random.nextInt(3)) {
            case 0 -> new PoissonArrivals(rate);
            case 1 -> new PeriodicArrivals(rate);
            default -> BurstyArrivals.ofMeanRate(rate);
        };
        double leg = random.nextInt(3) * random.nextDouble();
        return ScenarioDraft.of(arrivals, 1)
                .duration(50 + 200 * random.nextDouble())
                .interval(Math.exp(3 * random.nextDouble() - 2))
                .consumers(3)
                .retention(1 + random.nextInt(12))
                .pageLimit(1 + random.nextInt(5))
                .legs(leg, leg)
                .drain(1_000);
    }

    private static void assertSame(
            Scenario scenario, PollSchedule schedule, VirtualTime.Consumers consumers, Seeds seeds) {
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        VirtualTally tally = VirtualTime.tally(
                scenario,
                events,
                List.of(SurfaceBytes.polls(scenario), SurfaceBytes.webhooks(scenario)),
                consumers,
                LatencyCounts.THREE_DIGITS);
        Stepped stepped = new Stepped();
        for (int consumer = 0; consumer < scenario.events().consumers(); consumer++) {
            step(scenario, schedule, events.times(consumer), seeds, consumer, stepped);
        }
        String of = scenario.toString();
        assertThat(tally.wire().of(Exchanges.POLL).made()).as(of).isEqualTo(stepped.polls);
        assertThat(tally.wire().of(Exchanges.POLL).filled()).as(of).isEqualTo(stepped.hits);
        assertThat(tally.wire().of(Exchanges.PAGE).made()).as(of).isEqualTo(stepped.furtherPages);
        assertThat(tally.wire().of(Exchanges.POLL).carried()).as(of).isEqualTo(stepped.fetched);
        assertThat(tally.total(Count.DRAIN)).as(of).isEqualTo(stepped.drain);
        assertThat(tally.total(Count.DELIVERED)).as(of).isEqualTo(stepped.delivered);
        assertThat(tally.missedByReason().getOrDefault("dropped by retention", 0L))
                .as(of)
                .isEqualTo(stepped.dropped);
        assertThat(tally.latencySumNanos()).as(of).isEqualTo(stepped.latencySumNanos);
        for (double p : new double[] {0.01, 0.1, 0.5, 0.9, 0.99, 1}) {
            assertThat(tally.latencies().quantileNanos(p)).as(of).isEqualTo(stepped.latencies.quantileNanos(p));
        }
    }

    /** Visits every poll of one consumer, as the live poller does. */
    private static void step(
            Scenario scenario, PollSchedule schedule, ArrivalTimes events, Seeds seeds, int consumer, Stepped stepped) {
        PollTimes times = schedule.start(seeds.generator(Seeds.Purpose.POLL_PHASE, consumer));
        DownTimes down = VirtualFaults.downTimes(scenario, seeds, consumer);
        long horizon = scenario.run().durationNanos();
        long next = events.nextNanos();
        ArrayDeque<Long> log = new ArrayDeque<>();
        while (times.dueNanos() < horizon || next <= horizon || !log.isEmpty()) {
            long due = times.dueNanos();
            while (next <= Math.min(due, horizon)) {
                log.add(next);
                next = events.nextNanos();
            }
            long completed = due + scenario.network().pollResponseNanos();
            if (down.isDown(due)) {
                times.completed(completed, 0); // not made; the grid continues
                continue;
            }
            int brought = log.size();
            poll(scenario, log, due, due >= horizon, stepped);
            times.completed(completed, brought);
        }
    }

    private static void poll(Scenario scenario, ArrayDeque<Long> log, long due, boolean closing, Stepped stepped) {
        while (log.size() > scenario.events().retention()) {
            log.remove();
            stepped.dropped++;
        }
        int further = Math.max(0, (log.size() - 1) / scenario.polling().pageLimit());
        if (closing) {
            stepped.drain += log.isEmpty() ? 0 : 1 + further;
        } else {
            stepped.polls++;
            stepped.hits += log.isEmpty() ? 0 : 1;
            stepped.furtherPages += further;
            stepped.fetched += log.size();
        }
        for (long event : List.copyOf(log)) {
            long latency = due + scenario.network().pollResponseNanos() - event;
            stepped.latencies.record(latency);
            stepped.latencySumNanos += latency;
            stepped.delivered++;
        }
        log.clear();
    }
}
