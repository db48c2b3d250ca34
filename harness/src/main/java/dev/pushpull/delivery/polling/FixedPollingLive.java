package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Waits;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule;
import java.io.IOException;
import java.net.URI;

/**
 * Polls at a fixed interval over real HTTP.
 *
 * @param mode the mode of these consumers
 * @param conditional whether a poll says what its consumer holds
 */
record FixedPollingLive(String mode, boolean conditional) implements Live {
    @Override
    public Scenario.Network legs(Recording rehearsal) {
        return Poller.legs(rehearsal);
    }

    @Override
    public LiveDemand demand(Scenario scenario) {
        return LiveDemand.ofPolls(scenario);
    }

    @Override
    public Waits waits(Scenario scenario) {
        return Waits.of(scenario.polling().intervalNanos());
    }

    @Override
    public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
        FixedPollSchedule schedule = new FixedPollSchedule(
                scenario.polling().intervalNanos(), scenario.polling().phase());
        PollManner manner = new PollManner(schedule, conditional, 0, Recorder.Via.POLL);
        return new Poller(mode, provider, scenario, manner, recorder, NanoClock.SYSTEM);
    }
}
