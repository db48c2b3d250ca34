package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.host.Interruption;
import dev.pushpull.load.BadClient;
import dev.pushpull.load.BadClient.Honest;
import dev.pushpull.load.BadClients;
import dev.pushpull.load.BadEndpoint;
import dev.pushpull.load.BadEndpoints;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.ItemPointers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;

/**
 * Whether bad peers delay good ones: webhooks to healthy endpoints that share their sender with bad ones, which leave
 * places in flight free or may take them all. And, as counterparts, a poller beside bad pollers of its source, a poller
 * that also polls bad providers, and a receiver beside bad senders.
 */
final class BadEndpointExperiment implements ClaimExperiment {
    private static final int HEALTHY = 4;
    private static final double HEALTHY_RATE_PER_SECOND = 100;
    private static final double RARE_PER_SECOND = 4;
    private static final double OFTEN_PER_SECOND = 50;
    private static final long TIMEOUT_NANOS = 500 * MILLISECOND;
    private static final long DRAIN_NANOS = 3 * SECOND;

    /** One lost answer of a healthy endpoint is not a lost delivery, and a bad endpoint soon fails again. */
    private static final RetrySchedule RETRIES =
            new RetrySchedule(List.of(0L, 100 * MILLISECOND, 100 * MILLISECOND), 0);

    private static final int MOST_PAGES = 100;
    private static final int MOST_BYTES = 1 << 20;

    private static final byte[] BAD_ANSWER = BadEndpoints.answer("text/plain", "taken");

    private static final String OUTGOING = "outgoing";
    private static final String INCOMING = "incoming";

    private final Map<String, Long> conversations = new TreeMap<>();

    /** The length and number of the runs. */
    private record Length(int pairs, long nanos) {}

    @Override
    public Claim claim() {
        return Claim.BAD_ENDPOINT;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        Length length = setting.quick() ? new Length(3, 500 * MILLISECOND) : new Length(5, SECOND);
        conversations.clear();
        List<InTurn> senders = new ArrayList<>();
        senders.add(sender(setting, length, OUTGOING, BadEndpoint.plain(), RARE_PER_SECOND, 64, 2));
        if (!setting.quick()) {
            senders.add(sender(
                    setting, length, "one_silent_8_of_64", List.of(BadEndpoint.SILENCE), OFTEN_PER_SECOND, 64, 8));
        }
        senders.add(sender(setting, length, "one_silent_4_of_4", List.of(BadEndpoint.SILENCE), OFTEN_PER_SECOND, 4, 4));
        List<InTurn> others = new ArrayList<>();
        others.add(source(setting, length));
        if (!setting.quick()) {
            others.add(poller(setting, length));
            others.add(receiver(setting, length));
        }
        return BadEndpointFinding.of(senders, others, conversations);
    }

    private InTurn sender(
            ClaimSetting setting,
            Length length,
            String name,
            List<BadEndpoint> bad,
            double badRatePerSecond,
            int inFlight,
            int perEndpoint)
            throws IOException, InterruptedException {
        Scenario.Webhooks webhooks = ClaimScenario.webhooks(RETRIES, inFlight, perEndpoint, TIMEOUT_NANOS);
        double share = (double) bad.size() * perEndpoint / inFlight;
        return InTurn.observed(setting, "sender", name, share, length.pairs(), (beside, turn) -> {
            List<BadEndpoint> kinds = beside ? bad : List.of();
            WebhookRig.Setup setup = new WebhookRig.Setup(
                    new PoissonArrivals(HEALTHY_RATE_PER_SECOND),
                    HEALTHY,
                    webhooks,
                    UnaryOperator.identity(),
                    0,
                    setting.seed(500 + turn) - 1); // the first period of a rig uses the next seed
            try (BadEndpoints others = new BadEndpoints(kinds, BAD_ANSWER, new byte[0]);
                    WebhookRig rig = new WebhookRig(setup)) {
                for (BadEndpoint kind : kinds) {
                    rig.sendAlso(others.address(kind).resolve("/"), new PoissonArrivals(badRatePerSecond));
                }
                WebhookRig.Result result = rig.observe(length.nanos(), DRAIN_NANOS);
                kinds.forEach(kind -> count("endpoint " + kind.id(), others.conversations(kind)));
                return new InTurn.Run(result.latency(), result.events());
            }
        });
    }

    private InTurn source(ClaimSetting setting, Length length) throws IOException, InterruptedException {
        try (PolledSource source = new PolledSource()) {
            Honest request = new Honest(source.address().resolve("/events?stream=c0"), "GET", "", new byte[0]);
            return InTurn.observed(setting, "source", INCOMING, Double.NaN, length.pairs(), (beside, turn) -> {
                BadClients bad = new BadClients(beside ? BadClient.plain() : List.of(), request, 1);
                try {
                    return source.observe(length.nanos());
                } finally {
                    bad.close();
                    bad.tallies().forEach((kind, tally) -> count("poller " + kind.id(), tally.sent()));
                }
            });
        }
    }

    /** One process polls a good provider and also bad ones. */
    private InTurn poller(ClaimSetting setting, Length length) throws IOException, InterruptedException {
        byte[] page = BadEndpoints.answer("application/json", "{\"data\":[{\"id\":\"1\"}]}");
        try (PolledSource source = new PolledSource()) {
            return InTurn.observed(setting, "poller", OUTGOING, Double.NaN, length.pairs(), (beside, turn) -> {
                List<Thread> pollers = new ArrayList<>();
                try (BadEndpoints bad = new BadEndpoints(beside ? BadEndpoint.plain() : List.of(), page, page)) {
                    for (BadEndpoint kind : beside ? BadEndpoint.plain() : List.<BadEndpoint>of()) {
                        pollers.add(new Thread(() -> poll(HttpUrl.get(bad.address(kind)), length.nanos())));
                    }
                    pollers.forEach(Thread::start);
                    InTurn.Run run = source.observe(length.nanos());
                    if (beside) {
                        BadEndpoint.plain().forEach(kind -> count("provider " + kind.id(), bad.conversations(kind)));
                    }
                    return run;
                } finally {
                    for (Thread poller : pollers) {
                        poller.join();
                    }
                }
            });
        }
    }

    private static void poll(HttpUrl url, long durationNanos) {
        EndpointPolling.Setup often = EndpointPolling.Setup.of(
                url,
                ItemPointers.of(JsonPointer.compile("/data"), JsonPointer.compile("/id")),
                50 * MILLISECOND,
                MOST_PAGES,
                MOST_BYTES);
        try {
            new EndpointPolling(often, line -> {}).run(new Interruption(), durationNanos);
        } catch (IOException e) {
            // a provider that cannot be polled is one of the bad kinds
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private InTurn receiver(ClaimSetting setting, Length length) throws IOException, InterruptedException {
        long seed = setting.seed(520);
        try (WebhookRig rig = new WebhookRig(new WebhookRig.Setup(
                HEALTHY * HEALTHY_RATE_PER_SECOND, ClaimScenario.usual(seed).webhooks(), seed))) {
            rig.observe(length.nanos(), SECOND); // warms up, and leaves a webhook to replay
            Honest replay = rig.target().replay();
            return InTurn.observed(setting, "receiver", INCOMING, Double.NaN, length.pairs(), (beside, turn) -> {
                BadClients bad = new BadClients(beside ? BadClient.plain() : List.of(), replay, 1);
                try {
                    WebhookRig.Result result = rig.observe(length.nanos(), DRAIN_NANOS);
                    return new InTurn.Run(result.latency(), result.events());
                } finally {
                    bad.close();
                    bad.tallies().forEach((kind, tally) -> count("sender " + kind.id(), tally.sent()));
                }
            });
        }
    }

    private void count(String kind, long more) {
        conversations.merge(kind, more, Long::sum);
    }
}
