package dev.pushpull.delivery.linestream;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.delivery.Waits;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.surface.Surface;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** {@code line-stream}: one long response for each consumer, one line of JSON for each event. */
public final class LineStreamMode implements DeliveryMode {
    private static final String NAME = "line-stream";

    /** How long a consumer waits before it requests another stream after one has ended. */
    static final ModeOption<Long> RECONNECT = new ModeOption<>(
            "--reconnect",
            "DURATION",
            "Time a consumer waits before it asks for a new stream (default: 100ms).",
            Quantity::durationNanos,
            scenario -> 100_000_000L);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<ModeOption<?>> options() {
        return List.of(RECONNECT);
    }

    @Override
    public ModeTraits traits() {
        return new ModeTraits(
                Begins.CONSUMER,
                Set.of(Trait.HOLDS_CONNECTIONS, Trait.PUSHES),
                "the line stream",
                false,
                "Each consumer holds one request open; the provider writes each event to it as a line.",
                7);
    }

    @Override
    public Live live() {
        return new OverHttp();
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> LineStreamVirtual.in(NAME, scenario, seeds);
    }

    @Override
    public Theory theory() {
        return LineStreamTheory::predict;
    }

    private static final class OverHttp implements Live {
        @Override
        public List<Surface.Opener> surfaces(Scenario scenario) {
            return List.of(LineStreamSurface::new);
        }

        /** The time an event takes from the provider to its consumer; nothing else is waited for. */
        @Override
        public Scenario.Network legs(Recording rehearsal) {
            return Scenario.Network.learned(Leg.WEBHOOK, rehearsal.latency());
        }

        @Override
        public LiveDemand demand(Scenario scenario) {
            int all = scenario.events().consumers();
            return new LiveDemand(all, 0, all, all);
        }

        /** It waits for no clock; it is given the time that polls have, so that modes side by side end alike. */
        @Override
        public Waits waits(Scenario scenario) {
            return Waits.of(scenario.polling().intervalNanos());
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            return new LineStreamConsumers(NAME, provider, scenario, recorder);
        }
    }
}
