package dev.pushpull.delivery.sse;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.event.EventDraft;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.measure.Recorder;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Held;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.BreakableRelay;
import dev.pushpull.testing.ScenarioDraft;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Consumers whose connections break, or die without a word. */
@Tag("live")
class SseConsumersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ScenarioDraft DRAFT = ScenarioDraft.poisson(1, 60)
            .option("--heartbeat", "50ms")
            .option("--reconnect", "50ms")
            .option("--read-timeout", "400ms");

    /** Called between two events, with the connections in between. */
    private interface Trouble {
        void happens(BreakableRelay relay) throws Exception;
    }

    @Test
    void aConnectionThatDiesInSilenceIsGivenUpAndWhatCameMeanwhileIsReplayed() throws Exception {
        Recorder recorder = after(BreakableRelay::swallowAll, DRAFT, 3);
        assertThat(recorder.record().delivered()).isEqualTo(3);
        Held held = recorder.record().exchanges().held();
        assertThat(held.reconnects()).isPositive();
        assertThat(recorder.record().malformed()).isZero();
    }

    @Test
    void withoutReplayWhatCameMeanwhileHasBeenPassedOver() throws Exception {
        Recorder recorder = after(BreakableRelay::swallowAll, DRAFT.option("--replay", "none"), 2);
        assertThat(recorder.missing(0, 3)).containsExactly(2L);
    }

    /** Three events, of which the second occurs in the trouble. */
    private static Recorder after(Trouble trouble, ScenarioDraft draft, int arrive) throws Exception {
        Scenario scenario = draft.scenario();
        Recorder recorder = new Recorder(1);
        try (ProviderServer provider = new ProviderServer(
                        ProviderSettings.onLoopback(scenario),
                        Outbox.inMemory(),
                        new RoleThreads("sse", RoleThreads.PROVIDER),
                        NanoClock.SYSTEM,
                        AttemptListener.NONE,
                        new SseMode().live().surfaces(scenario));
                BreakableRelay relay = new BreakableRelay(provider.address());
                LiveConsumers consumers = new SseMode().live().connect(relay.address(), scenario, recorder)) {
            long startNanos = NanoClock.SYSTEM.nanoTime();
            recorder.start(startNanos, 60 * SECOND);
            consumers.start(startNanos);
            eventually(
                    "it is connected",
                    () -> recorder.record().exchanges().held().frames() > 0);
            occur(provider);
            eventually("the first is there", () -> recorder.deliveredSoFar() == 1);
            trouble.happens(relay);
            occur(provider);
            eventually(
                    "another connection is there",
                    () -> consumers.books().givenUp().get(0).upTo() >= 2);
            occur(provider);
            eventually("what can arrive is there", () -> recorder.deliveredSoFar() == arrive);
            assertThat(consumers.books().givenUp().get(0).upTo()).isEqualTo(3);
            consumers.askNoMore();
            provider.letGo();
            consumers.stop(SECOND);
        }
        return recorder;
    }

    private static void occur(ProviderServer provider) {
        HostClocks now = HostClocks.now(NanoClock.SYSTEM);
        provider.append(
                new EventDraft("evt_" + System.nanoTime(), "c0", "test.event", now.epochNanos(), "{}"),
                now.monotonicNanos());
    }
}
