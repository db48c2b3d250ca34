package dev.pushpull.delivery.longpoll;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.polling.PollManner;
import dev.pushpull.delivery.polling.Poller;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.EventStreams;
import dev.pushpull.schedule.LongPollSchedule;
import dev.pushpull.schedule.Seeds;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** {@code long-polling}: each poll waits at the provider until there is something, and is followed by the next at once. */
public final class LongPollingMode implements DeliveryMode {
    /** Each costs the consumers' side a thread and this process two sockets. */
    private static final int MOST_LIVE_CONSUMERS = 5_000;

    @Override
    public String name() {
        return "long-polling";
    }

    @Override
    public List<ModeOption<?>> options() {
        return LongPollingOptions.ALL;
    }

    /** What an event takes from the provider to its consumer is the leg: the round trip is mostly waiting. */
    @Override
    public Scenario.Network legs(Recorder.Record paced) {
        return new Scenario.Network(paced.latency().medianNanos(), 0);
    }

    @Override
    public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
        if (scenario.events().consumers() > MOST_LIVE_CONSUMERS) {
            throw new InvalidInputException("--consumers: %,d polls would be held at once; a live run holds at most %,d"
                    .formatted(scenario.events().consumers(), MOST_LIVE_CONSUMERS));
        }
        LongPollSchedule schedule = new LongPollSchedule(
                LongPollingOptions.WAIT.in(scenario), scenario.polling().intervalNanos());
        PollManner manner =
                new PollManner(schedule, false, LongPollingOptions.waitSeconds(scenario), Recorder.Via.POLL);
        return new Poller(name(), provider, scenario, manner, recorder, NanoClock.SYSTEM);
    }

    @Override
    public Outcome simulate(Scenario scenario, EventStreams events, Seeds seeds) {
        return LongPollingVirtual.simulate(scenario, events, seeds);
    }

    @Override
    public Optional<Prediction> predict(Scenario scenario) {
        return Optional.of(LongPollingTheory.predict(scenario));
    }
}
