package dev.pushpull.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.ProviderClient;
import dev.pushpull.delivery.Theory;
import dev.pushpull.delivery.Virtual;
import dev.pushpull.delivery.Waits;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.http.WireTotals;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.Exchanges;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Request;

/**
 * A mode that takes webhooks, where the endpoints of the first few consumers are wrong: their receiver answers 404. The
 * books contain its requests to the provider.
 */
record LosingWebhooks(DeliveryMode mode, int losing) implements DeliveryMode {
    @Override
    public String name() {
        return mode.name();
    }

    @Override
    public List<ModeOption<?>> options() {
        return mode.options();
    }

    @Override
    public ModeTraits traits() {
        return mode.traits();
    }

    @Override
    public Live live() {
        return new LosingLive(mode.live(), losing);
    }

    @Override
    public Virtual virtual() {
        return mode.virtual();
    }

    @Override
    public Theory theory() {
        return scenario -> Optional.empty();
    }

    private record LosingLive(Live live, int losing) implements Live {
        @Override
        public Scenario hurried(Scenario asked, Scenario rehearsal) {
            return live.hurried(asked, rehearsal);
        }

        @Override
        public Scenario.Network legs(Recording rehearsal) {
            return live.legs(rehearsal);
        }

        @Override
        public LiveDemand demand(Scenario scenario) {
            return live.demand(scenario);
        }

        @Override
        public Waits waits(Scenario scenario) {
            return live.waits(scenario);
        }

        @Override
        public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
            LiveConsumers consumers = live.connect(provider, scenario, recorder);
            ProviderClient client = new ProviderClient(provider, NanoClock.SYSTEM, recorder, 1, 0);
            Exchange listed = exchange(
                    client,
                    recorder,
                    new Request.Builder()
                            .url(client.at("subscriptions").build())
                            .build());
            Map<String, Integer> wrong = new HashMap<>();
            for (JsonNode subscription :
                    JsonMapper.builder().build().readTree(listed.body()).path("data")) {
                String url = subscription.path("url").asText();
                int consumer = consumers.books().endpoints().get(url);
                if (consumer < losing) {
                    String id = subscription.path("id").asText();
                    exchange(
                            client,
                            recorder,
                            new Request.Builder()
                                    .url(client.at("subscriptions/" + id).build())
                                    .delete()
                                    .build());
                    wrong.put(url + "9999", consumer);
                    client.subscribe(
                            url + "9999",
                            "standard-webhooks",
                            subscription.path("stream").asText());
                }
            }
            return new Losing(consumers, client, wrong);
        }
    }

    private static Exchange exchange(ProviderClient client, Recorder recorder, Request request) {
        long now = NanoClock.SYSTEM.nanoTime();
        Exchange exchange = client.execute(request);
        recorder.begin(Exchanges.SET_UP, 0, now).over(now, now, exchange);
        return exchange;
    }

    private record Losing(LiveConsumers consumers, ProviderClient client, Map<String, Integer> wrong)
            implements LiveConsumers {
        @Override
        public void start(long startNanos) {
            consumers.start(startNanos);
        }

        @Override
        public void askNoMore() {
            consumers.askNoMore();
        }

        @Override
        public void stop(long mostNanos) throws InterruptedException {
            consumers.stop(mostNanos);
        }

        @Override
        public ConsumerBooks books() {
            return consumers
                    .books()
                    .plus(new ConsumerBooks(
                            client.totals(), WireTotals.NONE, List.of(), wrong, Map.of(), List.of(), List.of()));
        }

        @Override
        public void close() {
            client.close();
            consumers.close();
        }
    }
}
