package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.delivery.VirtualTally.Count;
import dev.pushpull.delivery.WireModel;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of virtual time are those of real sockets. */
class WireModelTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void simulatedBytesAreThoseOfTheLiveRun() throws Exception {
        Scenario scenario = new Scenario(
                new Scenario.Events(
                        new PoissonArrivals(10), Scenario.Streams.PER_CONSUMER, 20, 300, "payment.succeeded", 10_000),
                new Scenario.Polling(50 * MILLISECOND, 100, Phase.RANDOM),
                new Scenario.Webhooks(
                        "standard-webhooks",
                        RetrySchedule.STANDARD_WEBHOOKS,
                        64,
                        8,
                        5000 * MILLISECOND,
                        15_000 * MILLISECOND,
                        10_000),
                Scenario.Network.NONE,
                Scenario.Faults.NONE,
                new Scenario.Run(List.of("polling", "webhook"), 3000 * MILLISECOND, 5000 * MILLISECOND, 1, false),
                Map.of());
        List<DeliveryMode> modes = DeliveryModes.all().stream()
                .filter(mode -> scenario.run().modes().contains(mode.name()))
                .toList();
        WireModel wire = WireModel.polling(scenario);
        for (Outcome live : new Comparison(scenario, modes, new Interruption(), RunListener.NONE)
                .run()
                .outcomes()) {
            Outcome.Counts counts = live.counts();
            Map<Count, Long> of = Map.of(
                    Count.POLLS,
                    counts.polls(),
                    Count.HITS,
                    counts.polls() - counts.emptyPolls(),
                    Count.FURTHER_PAGES,
                    counts.requests() - counts.polls() - counts.attempts(),
                    Count.FETCHED,
                    counts.polls() > 0 ? counts.delivered() : 0,
                    Count.ANSWERED,
                    counts.attempts());
            assertThat(wire.bytesToProvider(of::get))
                    .as(live.mode() + " to the provider")
                    .isCloseTo(counts.bytesToProvider(), withinPercentage(2));
            assertThat(wire.bytesToConsumer(of::get))
                    .as(live.mode() + " to the consumers; closing polls bring about 1 % of the events")
                    .isCloseTo(counts.bytesToConsumer(), withinPercentage(2));
        }
    }
}
