package dev.pushpull.delivery.sse;

import dev.pushpull.delivery.Choice;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.delivery.Waits;
import dev.pushpull.delivery.stream.StreamConsumers;
import dev.pushpull.delivery.stream.StreamOptions;
import dev.pushpull.delivery.stream.StreamTaker;
import dev.pushpull.delivery.stream.StreamTheory;
import dev.pushpull.delivery.stream.StreamVirtual;
import dev.pushpull.http.StreamedAnswer;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.surface.Surface;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** {@code sse}: Server-Sent Events, one open request for each consumer. */
public final class SseMode implements DeliveryMode {
    private static final String NAME = "sse";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<ModeOption<?>> options() {
        return StreamOptions.ALL;
    }

    @Override
    public List<Choice> choices() {
        return StreamOptions.CHOICES;
    }

    @Override
    public void check(Scenario scenario) {
        StreamOptions.check(scenario);
    }

    @Override
    public List<String> warnings(Scenario scenario) {
        return StreamOptions.warnings(scenario);
    }

    @Override
    public Optional<String> leavesOut(Scenario scenario) {
        return StreamOptions.leavesOut(scenario);
    }

    @Override
    public ModeTraits traits() {
        return new ModeTraits(
                Begins.CONSUMER,
                Set.of(Trait.HOLDS_CONNECTIONS, Trait.PUSHES),
                "Server-Sent Events",
                true,
                "Each consumer holds one request open; the provider writes each event to it when it occurs.",
                6);
    }

    @Override
    public Live live() {
        return new OverHttp();
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> new Simulated(
                NAME, List.of(SseWire.sizes(scenario)), StreamVirtual.consumers(SseWire.STREAM, scenario, seeds));
    }

    @Override
    public Theory theory() {
        return StreamTheory.of(SseWire::sizes, scenario -> 0);
    }

    private static final class OverHttp implements Live {
        @Override
        public List<Surface.Opener> surfaces(Scenario scenario) {
            return List.of(source -> new SseSurface(source, scenario));
        }

        @Override
        public Scenario hurried(Scenario asked, Scenario rehearsal) {
            return StreamOptions.unbroken(rehearsal);
        }

        /** The time an event takes from the provider to its consumer while a stream is open. */
        @Override
        public Scenario.Network legs(Recording rehearsal) {
            return Scenario.Network.learned(Leg.WEBHOOK, rehearsal.latency());
        }

        @Override
        public LiveDemand demand(Scenario scenario) {
            return StreamOptions.demand(scenario);
        }

        /** It is given the time that polls have, so that modes side by side end alike, or that to return. */
        @Override
        public Waits waits(Scenario scenario) {
            return Waits.of(StreamOptions.longestWaitNanos(scenario, 0));
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            return new StreamConsumers(NAME, provider, scenario, recorder, new Dialect());
        }
    }

    /** As OkHttp's SSE reads it. */
    private static final class Dialect implements StreamConsumers.Dialect {
        @Override
        public Kind kind() {
            return SseWire.STREAM;
        }

        @Override
        public Request request(HttpUrl.Builder events, long cursor) {
            return new Request.Builder()
                    .url(events.build())
                    .header("Accept", SseWire.TYPE)
                    .header(SseWire.LAST_EVENT_ID, Long.toString(cursor))
                    .build();
        }

        @Override
        public boolean answers() {
            return false;
        }

        @Override
        public StreamedAnswer reader(StreamTaker taker) {
            return new SseReader(taker);
        }
    }
}
