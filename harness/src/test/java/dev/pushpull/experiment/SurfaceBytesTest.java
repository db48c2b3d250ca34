package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.event.EventDraft;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.MeteredHttpClient;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.testing.ScenarioDraft;
import dev.pushpull.theory.ByteCosts;
import dev.pushpull.virtual.WireTally;
import java.time.Duration;
import java.util.List;
import okhttp3.Dns;
import okhttp3.Request;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The bytes of the closed forms are those of real sockets. */
@Tag("live")
@Execution(ExecutionMode.CONCURRENT)
class SurfaceBytesTest {
    @Test
    void aLiveRunCostsTheBytesOfTheClosedFormAtItsOwnRate() throws Exception {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(5), 0.1)
                .consumers(20)
                .duration(5)
                .scenario();
        List<Outcome> outcomes = new Comparison(
                        scenario,
                        DeliveryModes.all().stream()
                                .filter(mode -> scenario.run().modes().contains(mode.name()))
                                .toList(),
                        new Interruption(),
                        RunListener.NONE)
                .run()
                .outcomes();
        ByteCosts costs = SurfaceBytes.plain(scenario, 1);
        for (Outcome outcome : outcomes) {
            Outcome.Counts counts = outcome.counts();
            double measured = (double) (counts.bytesToProvider() + counts.bytesToConsumer()) / counts.delivered();
            boolean pushed = outcome.mode().equals("webhook");
            double loadFactor = (double) counts.delivered() / counts.polls();
            assertThat(measured)
                    .as(outcome.mode())
                    .isCloseTo(pushed ? costs.webhook() : costs.polled(loadFactor), withinPercentage(2));
            WireTally wire = exchanges(scenario, counts, pushed ? 0 : counts.delivered());
            assertThat(wire.bytesToProvider())
                    .as(outcome.mode() + ", virtual time, to the provider")
                    .isCloseTo(counts.bytesToProvider(), withinPercentage(2));
            assertThat(wire.bytesToConsumer())
                    .as(outcome.mode() + ", virtual time, to the consumers")
                    .isCloseTo(counts.bytesToConsumer(), withinPercentage(2));
            if (!pushed) {
                double wasted = (double) counts.emptyPolls() / counts.polls();
                double requests = (double) counts.requests() / counts.polls();
                assertThat(measured)
                        .as("at its own waste; the first polls have no cursor, the closing ones are not counted")
                        .isCloseTo(costs.polled(loadFactor, wasted, requests), withinPercentage(1.5));
            }
        }
    }

    @Test
    void overTlsEachConnectionCostsAHandshakeAndEachMessageARecord() throws Exception {
        Scenario scenario = ScenarioDraft.of(new PoissonArrivals(2), 0.5)
                .consumers(6)
                .duration(3)
                .wire(true, 0, 0)
                .scenario();
        for (Outcome outcome : new Comparison(
                        scenario,
                        DeliveryModes.all().stream()
                                .filter(mode -> scenario.run().modes().contains(mode.name()))
                                .toList(),
                        new Interruption(),
                        RunListener.NONE,
                        true)
                .run()
                .outcomes()) {
            Outcome.Counts counts = outcome.counts();
            long inTime = outcome.timeline().stream()
                    .filter(second -> second.second() < 3)
                    .mapToLong(second -> second.deliveries())
                    .sum();
            double most = 1.02;
            assertThat((double) counts.bytesToProvider())
                    .as(outcome.mode() + " to the provider")
                    .isBetween(
                            wired(scenario, counts, inTime, true) / most,
                            wired(scenario, counts, counts.delivered(), true) * most);
            assertThat((double) counts.bytesToConsumer())
                    .as(outcome.mode() + " to the consumers; what closing polls brought is in no figure")
                    .isBetween(
                            wired(scenario, counts, inTime, false) / most,
                            wired(scenario, counts, counts.delivered(), false) * most);
        }
    }

    /** Bytes in virtual time when every request opens a connection. */
    private static double wired(Scenario scenario, Outcome.Counts counts, long fetched, boolean toProvider) {
        WireTally wire = exchanges(scenario, counts, counts.polls() == 0 ? 0 : fetched);
        wire.of(Exchanges.POLL).opened(counts.polls());
        wire.of(Exchanges.ATTEMPT).opened(counts.attempts());
        return toProvider ? wire.bytesToProvider() : wire.bytesToConsumer();
    }

    private static WireTally exchanges(Scenario scenario, Outcome.Counts counts, long fetched) {
        WireTally wire = new WireTally(List.of(SurfaceBytes.polls(scenario), SurfaceBytes.webhooks(scenario)));
        long pages = counts.requests() - counts.polls() - counts.attempts();
        wire.of(Exchanges.POLL).made(counts.polls());
        wire.of(Exchanges.POLL).filled(counts.polls() - counts.emptyPolls());
        wire.of(Exchanges.POLL).carried(fetched);
        wire.of(Exchanges.PAGE).made(pages);
        wire.of(Exchanges.PAGE).filled(pages);
        wire.of(Exchanges.ATTEMPT).made(counts.attempts());
        return wire;
    }

    @Test
    void everyExchangeWeighsWhatItsCharactersSay() throws Exception {
        Scenario scenario =
                ScenarioDraft.of(new PoissonArrivals(5), 1).duration(1).scenario();
        ByteCosts plain = SurfaceBytes.plain(scenario, 1);
        ByteCosts conditional = SurfaceBytes.conditional(scenario, 1);
        try (ProviderServer provider = new ProviderServer(
                        ProviderSettings.onLoopback(scenario), "test", NanoClock.SYSTEM, AttemptListener.NONE);
                MeteredHttpClient client =
                        new MeteredHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(5), 1, Dns.SYSTEM)) {
            long now = 1_700_000_000_123_456_789L;
            String data = "\"" + "x".repeat(scenario.events().payloadBytes() - 2) + "\"";
            provider.append(new EventDraft("evt_0123456789abcdef", "c0", "payment.succeeded", now, data), 0);
            String url = provider.address() + "/events?stream=c0&limit=100&after=";

            MeteredHttpClient.Exchange page =
                    client.execute(new Request.Builder().url(url + "0").build());
            assertThat((double) page.bytesSent()).isCloseTo(plain.request(), within(0.01));
            assertThat((double) page.bytesReceived()).isCloseTo(plain.pageOverhead() + plain.perEvent(), within(0.01));

            MeteredHttpClient.Exchange empty =
                    client.execute(new Request.Builder().url(url + "1").build());
            assertThat((double) empty.bytesReceived()).isCloseTo(plain.emptyReply(), within(0.01));

            MeteredHttpClient.Exchange unchanged = client.execute(new Request.Builder()
                    .url(url + "1")
                    .header("If-None-Match", empty.headers().get("ETag"))
                    .build());
            assertThat(unchanged.status()).isEqualTo(304);
            assertThat((double) unchanged.bytesSent()).isCloseTo(conditional.request(), within(0.01));
            assertThat((double) unchanged.bytesReceived()).isCloseTo(conditional.emptyReply(), within(0.01));
        }
    }
}
