package dev.pushpull.delivery.websocket;

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
import java.util.Random;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okio.ByteString;

/** {@code websocket}: one WebSocket for each consumer. */
public final class WebSocketMode implements DeliveryMode {
    private static final String NAME = "websocket";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<ModeOption<?>> options() {
        return WebSocketOptions.ALL;
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
                "WebSockets",
                true,
                "Each consumer holds a WebSocket open; the provider sends each event over it when it occurs.",
                9);
    }

    @Override
    public Live live() {
        return new OverHttp();
    }

    @Override
    public Virtual virtual() {
        return (scenario, events, seeds) -> new Simulated(
                NAME,
                List.of(WebSocketWire.sizes(scenario)),
                StreamVirtual.consumers(WebSocketWire.SOCKET, scenario, seeds, WebSocketOptions.JITTER.in(scenario)));
    }

    @Override
    public Theory theory() {
        return StreamTheory.of(WebSocketWire::sizes, WebSocketOptions.JITTER::in);
    }

    private static final class OverHttp implements Live {
        @Override
        public List<Surface.Opener> surfaces(Scenario scenario) {
            return List.of(source -> new WebSocketSurface(source, scenario));
        }

        @Override
        public Scenario hurried(Scenario asked, Scenario rehearsal) {
            return StreamOptions.unbroken(rehearsal);
        }

        /** The time an event takes from the provider to its consumer while a WebSocket is open. */
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
            return Waits.of(StreamOptions.longestWaitNanos(scenario, WebSocketOptions.JITTER.in(scenario)));
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            boolean acknowledges = WebSocketOptions.ACK.in(scenario) == WebSocketOptions.Ack.EACH;
            return new StreamConsumers(
                    NAME,
                    provider,
                    scenario,
                    recorder,
                    new Dialect(acknowledges, WebSocketOptions.JITTER.in(scenario)));
        }
    }

    /** A request to switch protocols, and frames behind it. */
    private record Dialect(boolean acknowledges, long jitterNanos) implements StreamConsumers.Dialect {
        private static final int KEY_BYTES = 16;

        @Override
        public Kind kind() {
            return WebSocketWire.SOCKET;
        }

        @Override
        public Request request(HttpUrl.Builder events, long cursor) {
            byte[] key = new byte[KEY_BYTES];
            new Random().nextBytes(key);
            return new Request.Builder()
                    .url(events.addQueryParameter(WebSocketWire.AFTER, Long.toString(cursor))
                            .build())
                    .header("Connection", "Upgrade")
                    .header("Upgrade", "websocket")
                    .header("Sec-WebSocket-Key", ByteString.of(key).base64())
                    .header("Sec-WebSocket-Version", "13")
                    .build();
        }

        @Override
        public boolean answers() {
            return true;
        }

        @Override
        public StreamedAnswer reader(StreamTaker taker) {
            return new WebSocketFrames(taker, acknowledges);
        }
    }
}
