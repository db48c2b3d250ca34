package dev.pushpull.delivery.longpoll;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.delivery.Waits;
import dev.pushpull.delivery.polling.PollManner;
import dev.pushpull.delivery.polling.Poller;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.schedule.LongPollSchedule;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code long-polling}: each poll waits at the provider until there is something, and the next follows at once. */
public final class LongPollingMode implements DeliveryMode {
    private static final String NAME = "long-polling";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> leavesOut(Scenario scenario) {
        return LongPollingOptions.leavesOut(scenario);
    }

    @Override
    public ModeTraits traits() {
        return new ModeTraits(
                Begins.CONSUMER,
                Set.of(Trait.HOLDS_CONNECTIONS),
                "long polling",
                false,
                "The provider holds each poll until there is something; the next poll follows at once.",
                4);
    }

    @Override
    public List<ModeOption<?>> options() {
        return LongPollingOptions.ALL;
    }

    @Override
    public List<Choice> choices() {
        return LongPollingOptions.CHOICES;
    }

    @Override
    public boolean keepsQuotaInVirtualTime() {
        return false;
    }

    @Override
    public Live live() {
        return new OverHttp();
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> LongPollingVirtual.in(scenario, seeds);
    }

    @Override
    public Theory theory() {
        return new Theory() {
            @Override
            public Optional<Prediction> predict(Scenario scenario) {
                return Optional.of(LongPollingTheory.predict(scenario));
            }

            @Override
            public Optional<Prediction> predictWithConstantLegs(Scenario scenario) {
                return Optional.of(LongPollingTheory.predict(scenario, true));
            }
        };
    }

    /** Over real HTTP. */
    private static final class OverHttp implements Live {
        /** The leg is the time from the provider to the consumer: the rest of the round trip is mostly waiting. */
        @Override
        public Scenario.Network legs(Recording rehearsal) {
            return Scenario.Network.learned(Leg.POLL_RESPONSE, rehearsal.latency());
        }

        @Override
        public LiveDemand demand(Scenario scenario) {
            return LiveDemand.ofHeldPolls(scenario);
        }

        /** It waits for no clock; the run's interval bounds the waits after a failure. */
        @Override
        public Waits waits(Scenario scenario) {
            return Waits.of(scenario.polling().intervalNanos());
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            LongPollSchedule schedule = new LongPollSchedule(
                    LongPollingOptions.WAIT.in(scenario), scenario.polling().intervalNanos());
            PollManner manner =
                    new PollManner(schedule, false, LongPollingOptions.waitSeconds(scenario), Recorder.Via.POLL);
            return new Poller(NAME, provider, scenario, manner, recorder, NanoClock.SYSTEM);
        }
    }
}
