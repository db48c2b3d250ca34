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
import dev.pushpull.load.HostileTraffic;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.SignatureSchemes;
import dev.pushpull.standalone.EndpointPolling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/**
 * Whether who answers badly delays those who answer well: webhooks to healthy endpoints that share their sender with bad
 * ones, which leave places in flight free or may take them all; and, as counterparts, a poller beside bad pollers of its
 * source, a poller beside others of bad providers, and a receiver beside bad senders.
 */
final class BadEndpointExperiment implements ClaimExperiment {
    /** As for instant updates: what people do not notice. */
    private static final double NOTICED_MILLIS = 100;

    private static final int HEALTHY = 4;
    private static final double HEALTHY_RATE_PER_SECOND = 100;
    private static final double RARE_PER_SECOND = 4;
    private static final double OFTEN_PER_SECOND = 50;
    private static final long TIMEOUT_NANOS = 500 * MILLISECOND;
    private static final long DRAIN_NANOS = 3 * SECOND;

    /** A healthy endpoint's one lost answer is no lost delivery, and a bad one is bad again. */
    private static final RetrySchedule RETRIES =
            new RetrySchedule(List.of(0L, 100 * MILLISECOND, 100 * MILLISECOND), 0);

    private static final int MOST_PAGES = 100;
    private static final int MOST_BYTES = 1 << 20;

    private static final String OUTGOING = "outgoing";
    private static final String INCOMING = "incoming";

    private final Map<String, Long> conversations = new TreeMap<>();

    /**
     * What a healthy peer noticed.
     *
     * @param share of the places in flight that the bad ones may take
     * @param p99LowMillis NaN when there were too few
     */
    record Noticed(double share, long missed, double p99LowMillis, double p99HighMillis) {
        boolean surely() {
            return missed > 0 || p99LowMillis > NOTICED_MILLIS;
        }

        boolean surelyNot() {
            return missed == 0 && p99HighMillis < NOTICED_MILLIS;
        }
    }

    /** How long and how often. */
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
        return finding(senders, others);
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
        Scenario.Webhooks webhooks = new Scenario.Webhooks(
                SignatureSchemes.DEFAULT.name(), RETRIES, inFlight, perEndpoint, TIMEOUT_NANOS, TIMEOUT_NANOS, 10_000);
        double share = (double) bad.size() * perEndpoint / inFlight;
        return InTurn.played(setting, "sender", name, share, length.pairs(), (beside, turn) -> {
            SlowReceivers.Result result = SlowReceivers.measured(new SlowReceivers.Setup(
                    new PoissonArrivals(HEALTHY_RATE_PER_SECOND),
                    SlowReceivers.alike(HEALTHY, 0),
                    webhooks,
                    length.nanos(),
                    setting.seed(500 + turn),
                    beside ? bad : List.of(),
                    new PoissonArrivals(badRatePerSecond),
                    DRAIN_NANOS));
            result.badAttempts().forEach((kind, count) -> count("endpoint " + kind.id(), count));
            return new InTurn.Run(
                    Distribution.sum(result.latency()),
                    result.events().stream().mapToLong(Long::longValue).sum());
        });
    }

    private InTurn source(ClaimSetting setting, Length length) throws IOException, InterruptedException {
        try (PolledSource source = new PolledSource()) {
            Honest request = new Honest(source.address().resolve("/events?stream=c0"), "GET", "", new byte[0]);
            return InTurn.played(setting, "source", INCOMING, Double.NaN, length.pairs(), (beside, turn) -> {
                BadClients bad = new BadClients(beside ? BadClient.plain() : List.of(), request, 1);
                try {
                    return source.played(length.nanos());
                } finally {
                    bad.close();
                    bad.tallies().forEach((kind, tally) -> count("poller " + kind.id(), tally.sent()));
                }
            });
        }
    }

    /** One process polls a good provider, and bad ones beside it. */
    private InTurn poller(ClaimSetting setting, Length length) throws IOException, InterruptedException {
        byte[] page = BadEndpoints.answer("application/json", "{\"data\":[{\"id\":\"1\"}]}");
        try (PolledSource source = new PolledSource()) {
            return InTurn.played(setting, "poller", OUTGOING, Double.NaN, length.pairs(), (beside, turn) -> {
                List<Thread> pollers = new ArrayList<>();
                try (BadEndpoints bad = new BadEndpoints(beside ? BadEndpoint.plain() : List.of(), page, page)) {
                    for (BadEndpoint kind : beside ? BadEndpoint.plain() : List.<BadEndpoint>of()) {
                        pollers.add(new Thread(() -> poll(HttpUrl.get(bad.address(kind)), length.nanos())));
                    }
                    pollers.forEach(Thread::start);
                    InTurn.Run run = source.played(length.nanos());
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
        EndpointPolling.Setup often = new EndpointPolling.Setup(
                url,
                JsonPointer.compile("/data"),
                JsonPointer.compile("/id"),
                50 * MILLISECOND,
                true,
                Headers.EMPTY,
                false,
                MOST_PAGES,
                MOST_BYTES);
        try {
            new EndpointPolling(often, line -> {}).run(new Interruption(), durationNanos);
        } catch (IOException e) {
            // a provider that cannot be polled is one of the kinds
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private InTurn receiver(ClaimSetting setting, Length length) throws IOException, InterruptedException {
        PushRig.Setup setup = new PushRig.Setup(
                HEALTHY * HEALTHY_RATE_PER_SECOND,
                ClaimScenario.of(1, SECOND, 1, SECOND, 1, ClaimScenario.WEBHOOK).webhooks(),
                UnaryOperator.identity(),
                0,
                setting.seed(520));
        try (PushRig rig = new PushRig(setup)) {
            rig.play(length.nanos(), SECOND); // warms up, and leaves a webhook to be replayed
            HostileTraffic.Target target = new HostileTraffic.Target(
                    rig.endpoint(),
                    SignatureSchemes.DEFAULT,
                    rig.secret(),
                    rig.recorded().deliveryId(),
                    rig.recorded().body());
            return InTurn.played(setting, "receiver", INCOMING, Double.NaN, length.pairs(), (beside, turn) -> {
                BadClients bad = new BadClients(beside ? BadClient.plain() : List.of(), target.replay(), 1);
                try {
                    PushRig.Result result = rig.play(length.nanos(), DRAIN_NANOS);
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

    private ClaimFinding finding(List<InTurn> senders, List<InTurn> others) {
        List<InTurn> all = new ArrayList<>(senders);
        all.addAll(others);
        EvidenceTable evidence = new EvidenceTable(
                "bad-endpoint", InTurn.COLUMNS, all.stream().map(InTurn::row).toList());
        EvidenceTable kinds = new EvidenceTable(
                "bad-endpoint-kinds",
                List.of("bad", "kind", "connections"),
                conversations.entrySet().stream()
                        .map(entry -> Evidence.row(
                                entry.getKey().split(" ")[0], entry.getKey().split(" ")[1], entry.getValue()))
                        .toList());
        List<Figure> figures = new ArrayList<>();
        for (String name : all.stream().map(InTurn::setting).distinct().toList()) {
            figures.add(figure("missed_", name, "deliveries", all, evidence, "missed_beside"));
            figures.add(figure("p99_quiet_", name, "ms", all, evidence, "latency_p99_quiet_ms"));
            figures.add(figure("p99_beside_bad_", name, "ms", all, evidence, "latency_p99_beside_ms"));
            figures.add(figure("p99_ratio_", name, "ratio", all, evidence, "p99_ratio"));
        }
        List<Noticed> noticed = senders.stream()
                .map(one -> new Noticed(
                        one.share(),
                        InTurn.missed(one.beside()),
                        one.p99Beside().low(),
                        one.p99Beside().high()))
                .toList();
        Verdict verdict = verdict(noticed);
        return new ClaimFinding(
                Claim.BAD_ENDPOINT,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? bound(noticed) : "",
                said(all),
                figures,
                List.of(evidence, kinds));
    }

    /** Who polls in one column, who sends or takes webhooks in the other. */
    private static Figure figure(
            String prefix, String name, String unit, List<InTurn> all, EvidenceTable evidence, String column) {
        double polling = Double.NaN;
        double webhook = Double.NaN;
        for (InTurn one : all) {
            if (one.setting().equals(name) && one.row().get(InTurn.COLUMNS.indexOf(column)) instanceof Number number) {
                if (one.peer().equals("sender") || one.peer().equals("receiver")) {
                    webhook = number.doubleValue();
                } else {
                    polling = number.doubleValue();
                }
            }
        }
        return Figure.of(prefix + name, unit, polling, webhook, evidence.cited("peer", "case", column));
    }

    /**
     * HOLDS when healthy endpoints surely notice the bad ones, however few places these may take: a delivery is missed, or
     * p99 is beyond a tenth of a second; FAILS when they surely never do; HOLDS_WHEN they do from some share of the places
     * on and surely not below; else INCONCLUSIVE.
     */
    static Verdict verdict(List<Noticed> all) {
        if (all.stream().allMatch(Noticed::surely)) {
            return Verdict.HOLDS;
        }
        if (all.stream().allMatch(Noticed::surelyNot)) {
            return Verdict.FAILS;
        }
        boolean decided = all.stream().allMatch(one -> one.surely() || one.surelyNot());
        double mostUnnoticed = all.stream()
                .filter(Noticed::surelyNot)
                .mapToDouble(Noticed::share)
                .max()
                .orElse(Double.POSITIVE_INFINITY);
        return decided && mostUnnoticed < leastNoticed(all) ? Verdict.HOLDS_WHEN : Verdict.INCONCLUSIVE;
    }

    static String bound(List<Noticed> all) {
        return String.format(
                Locale.ROOT, "places that bad endpoints may take >= %.2f x all places in flight", leastNoticed(all));
    }

    private static double leastNoticed(List<Noticed> all) {
        return all.stream()
                .filter(Noticed::surely)
                .mapToDouble(Noticed::share)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static String said(List<InTurn> all) {
        return String.join(
                "; ",
                all.stream()
                        .map(one -> String.format(
                                Locale.ROOT,
                                "%s, %s: %,d missed, p99 %s ms beside bad ones, %s in peace",
                                one.peer(),
                                one.setting().replace('_', ' '),
                                InTurn.missed(one.beside()),
                                millis(InTurn.p99(one.beside())),
                                millis(InTurn.p99(one.quiet()))))
                        .toList());
    }

    private static String millis(double value) {
        return Double.isNaN(value) ? "too few" : String.format(Locale.ROOT, "%.1f", value);
    }
}
