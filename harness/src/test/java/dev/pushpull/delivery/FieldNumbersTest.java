package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.delivery.polling.VirtualPolling;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.virtual.VirtualTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Published figures from the field, reproduced. */
class FieldNumbersTest {
    private static final double DAY = 86_400;

    /** Zapier counted 30 million polls, 460,000 of them useful. */
    @Test
    void zapiersWasteIsThatOfAnEventInSixtyFiveIntervals() {
        Outcome outcome = fixed(
                ScenarioDraft.poisson(0.01545 / 60, 365 * DAY).interval(60).consumers(57));
        Outcome.Counts counts = outcome.counts();
        assertThat(counts.polls()).as("about thirty million").isCloseTo(30_000_000, within(100_000L));
        assertThat((double) counts.emptyPolls() / counts.polls()).isCloseTo(0.98467, within(0.0001));
        assertThat((double) counts.polls() / (counts.polls() - counts.emptyPolls()))
                .isCloseTo(65.2, within(0.4));
    }

    /** 10,000 resources, one in a hundred of which changes within an hour, each polled once a minute. */
    @Test
    void tenThousandResourcesTakeFourteenMillionPollsForTwoThousandChanges() {
        Outcome outcome =
                fixed(ScenarioDraft.poisson(0.01 / 3600, DAY).interval(60).consumers(10_000));
        Outcome.Counts counts = outcome.counts();
        assertThat(counts.polls()).isEqualTo(14_400_000);
        assertThat((double) counts.events()).isCloseTo(2_400, within(4 * Math.sqrt(2_400)));
        assertThat((double) counts.emptyPolls() / counts.polls())
                .as("99.98 %")
                .isCloseTo(Math.exp(-1 / 6000.0), within(4 * Math.sqrt(2_400) / 14_400_000));
    }

    @Test
    void aBufferOfTheTenNewestLosesAnEighthWhenTenComeOnAverage() {
        Outcome outcome = fixed(ScenarioDraft.poisson(10, 20_000).retention(10).consumers(4));
        Outcome.Counts counts = outcome.counts();
        assertThat((double) counts.missedInAll() / counts.expected()).isCloseTo(0.12511, within(0.002));
    }

    /** theory.md section 6: under Poisson arrivals the past says nothing, so backing off only makes waits uneven. */
    @Test
    void adaptivePollingLosesToFixedPollingAtEqualCostUnderPoissonArrivals() {
        double[] means = adaptiveAndFixedAtEqualCost(new PoissonArrivals(0.02));
        assertThat(means[0]).isCloseTo(11.55, within(0.15));
        assertThat(means[1]).isCloseTo(5.46, within(0.1));
    }

    @Test
    void adaptivePollingWinsOnLongBursts() {
        double[] means = adaptiveAndFixedAtEqualCost(new BurstyArrivals(5, 1e9 / 0.05, 1e9 / 0.0005));
        assertThat(means[0]).isCloseTo(6.26, within(0.4));
        assertThat(means[1]).isCloseTo(13.15, within(0.8));
    }

    /** Polls of a millisecond each, and 60 s in which none is made: measuring round trips reveals nothing of it. */
    @Test
    void aStallThatRoundTripsHide() {
        double horizon = 2060;
        double stall = 60;
        Outcome outcome = fixed(ScenarioDraft.poisson(1, horizon)
                .legs(0.005, 0.005)
                .consumers(200)
                .outage(1000, stall));
        double share = (stall + 1) / horizon;
        double p99 = (stall + 1) * (1 - 0.01 / share);
        Distribution latency = outcome.latency();
        double naiveP99 = 0.010;
        assertThat(latency.quantileMillis(0.99).orElseThrow() / 1e3).isCloseTo(p99, within(0.5));
        assertThat(latency.quantileMillis(0.99).orElseThrow() / 1e3).isGreaterThan(4000 * naiveP99);
        assertThat(latency.shareAbove(30_000_000_000L)).isCloseTo((stall + 1 - 30) / horizon, within(0.001));
    }

    /** Mean seconds with adaptive polling from 1 to 32 s, and with a fixed interval that makes as many requests. */
    private static double[] adaptiveAndFixedAtEqualCost(ArrivalProcess arrivals) {
        ScenarioDraft asked = ScenarioDraft.of(arrivals, 1)
                .duration(1_000_000)
                .consumers(20)
                .pageLimit(1000)
                .option("--min-interval", "1s")
                .option("--max-interval", "32s");
        Outcome adaptive = simulated(asked.scenario(), VirtualPolling.adaptive(asked.scenario(), new Seeds(1)));
        double interval = 20.0 * 1_000_000 / adaptive.counts().requests();
        Outcome fixed = fixed(asked.interval(interval));
        assertThat((double) fixed.counts().requests() / adaptive.counts().requests())
                .isCloseTo(1, within(0.001));
        return new double[] {
            adaptive.latency().meanMillis().orElseThrow() / 1e3,
            fixed.latency().meanMillis().orElseThrow() / 1e3
        };
    }

    private static Outcome fixed(ScenarioDraft asked) {
        Scenario scenario = asked.scenario();
        return simulated(scenario, VirtualPolling.fixed(scenario, new Seeds(1)));
    }

    private static Outcome simulated(Scenario scenario, VirtualTime.Consumers consumers) {
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), new Seeds(1));
        return VirtualTime.run(
                "simulated",
                scenario,
                events,
                List.of(SurfaceBytes.polls(scenario), SurfaceBytes.webhooks(scenario)),
                consumers);
    }
}
