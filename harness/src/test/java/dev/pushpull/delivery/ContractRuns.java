package dev.pushpull.delivery;

import dev.pushpull.event.EventDraft;
import dev.pushpull.experiment.Comparison;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.provider.ProviderServer;
import dev.pushpull.provider.webhook.AttemptListener;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.testing.ScenarioDraft;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The runs on which {@link DeliveryModeContract} tests modes. */
final class ContractRuns {
    private static final double RUN_SECONDS = 4.5;
    private static final long EVENTS = 12;
    private static final long EVENT_EVERY_NANOS = 250_000_000;

    private ContractRuns() {}

    /** Poisson events to eight consumers, each with its own. */
    static Scenario scenario(DeliveryMode mode, double seconds) {
        Scenario drafted = ScenarioDraft.of(new PoissonArrivals(5), 0.5)
                .consumers(8)
                .duration(seconds)
                .scenario();
        Scenario scenario = drafted.withRun(drafted.run().withModes(List.of(mode.name())));
        mode.check(scenario);
        return scenario;
    }

    /** Events that end well before the run does, so that none is left for its closing polls. */
    static Scenario withAQuietEnd() {
        long[] times = LongStream.rangeClosed(1, EVENTS)
                .map(event -> event * EVENT_EVERY_NANOS)
                .toArray();
        return ScenarioDraft.of(TraceArrivals.of("contract", 0, times, 1, 0), 0.5)
                .shared()
                .consumers(8)
                .duration(RUN_SECONDS)
                .scenario();
    }

    /** All of them side by side over the same events, run once. */
    static final class SideBySide {
        static final Map<String, Outcome> OUTCOMES = run();

        private static Map<String, Outcome> run() {
            Scenario scenario = withAQuietEnd();
            List<String> names =
                    DeliveryModes.all().stream().map(DeliveryMode::name).toList();
            Map<String, Scenario.Network> legs =
                    names.stream().collect(Collectors.toMap(name -> name, name -> Scenario.Network.NONE));
            try {
                return new Comparison(
                                scenario.withRun(scenario.run().withModes(names)),
                                DeliveryModes.all(),
                                new Interruption(),
                                RunListener.NONE,
                                new WarmedUp(legs, List.of()))
                        .run().outcomes().stream().collect(Collectors.toMap(Outcome::mode, outcome -> outcome));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The scenario in virtual time. */
    static Outcome virtual(DeliveryMode mode, Scenario scenario) {
        Seeds seeds = new Seeds(scenario.run().seed());
        ArrivalStreams events = ArrivalStreams.drawn(
                scenario.events().arrivals(), scenario.events().streamCount(), seeds);
        return mode.virtual().simulate(scenario, events, seeds);
    }

    /** Scenarios in which much goes wrong, and one in which nothing does. */
    static Stream<Scenario> troubles() {
        ScenarioDraft draft =
                ScenarioDraft.of(new PoissonArrivals(2), 3).consumers(30).duration(300);
        return Stream.of(
                        draft,
                        draft.shared().pageLimit(2).retention(5),
                        draft.legs(0.2, 0.1).wire(true, 0.04, 0).outage(50, 30),
                        draft.wire(false, 0.04, 2).failureRate(0.3).outage(25, 200),
                        draft.outage(290, 100))
                .map(ScenarioDraft::scenario);
    }

    /** A provider with the mode's own surface, on its own port. */
    static ProviderServer provider(DeliveryMode mode, Scenario scenario) throws IOException {
        return new ProviderServer(
                mode.live().provider(ProviderSettings.onLoopback(scenario), scenario),
                Outbox.inMemory(),
                new RoleThreads(mode.name(), RoleThreads.PROVIDER),
                NanoClock.SYSTEM,
                AttemptListener.NONE,
                mode.live().surfaces(scenario));
    }

    /** One event occurs in each stream. */
    static void occur(ProviderServer provider, Scenario scenario, int number) {
        for (int stream = 0; stream < scenario.events().streamCount(); stream++) {
            HostClocks now = HostClocks.now(NanoClock.SYSTEM);
            provider.append(
                    new EventDraft(
                            "evt_%d_%d".formatted(stream, number),
                            scenario.events().streamName(stream),
                            "test.event",
                            now.epochNanos(),
                            "{}"),
                    now.monotonicNanos());
        }
    }
}
