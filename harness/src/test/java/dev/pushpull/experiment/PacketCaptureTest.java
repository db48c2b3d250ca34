package dev.pushpull.experiment;

import static dev.pushpull.experiment.ComparisonTest.MILLISECOND;
import static dev.pushpull.experiment.ComparisonTest.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.event.Event;
import dev.pushpull.event.EventJson;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WarmedUp;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.Ledger.Account;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.capture.Capture;
import dev.pushpull.testing.capture.Capture.Exchange;
import dev.pushpull.testing.capture.HttpMessage;
import dev.pushpull.testing.capture.Tcpdump;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a run reports, compared with what tcpdump saw of it. The capture holds all TCP of the loopback device, including
 * that of the warm-up and the noise meters; only what went to the ports of the measured trials is checked.
 */
@Tag("timing")
@Execution(ExecutionMode.CONCURRENT)
class PacketCaptureTest {
    private static final int CONSUMERS = 5;
    private static final long DURATION_NANOS = 3 * SECOND;
    private static final long INTERVAL_NANOS = 500 * MILLISECOND;
    private static final long POLLS_EACH = DURATION_NANOS / INTERVAL_NANOS;
    private static final int ATTEMPTS = 3;

    /** The wall clock may drift from the monotonic one by this much in a run; if it moved more, it was set. */
    private static final long MOST_DRIFT_NANOS = MILLISECOND;

    /** The error of histograms, whose values are rounded to three digits, and of doubles made from them. */
    private static final double ROUNDING = 1.001;

    @TempDir
    private Path folder;

    private Map<String, Overheard> modes = Map.of();

    private record Run(Comparison.Result result, Map<String, Overheard> modes, Capture capture, ClockRange clock) {
        Outcome outcome(String mode) {
            return ComparisonTest.outcome(result, mode);
        }

        List<Exchange> atProvider(String mode) {
            return capture.exchanges(modes.get(mode).ports().provider());
        }

        List<Exchange> atReceiver(String mode) {
            return capture.exchanges(modes.get(mode).ports().receiver());
        }
    }

    @ParameterizedTest
    @CsvSource({"100, true", "100000, false"}) // the large ones take several packets each way
    void bytesRequestsAndLatenciesAreThoseOnTheWire(int payloadBytes, boolean warmedUp) throws Exception {
        Run run = captured(payloadBytes, warmedUp);
        assertPolling(run);
        assertWebhooks(run);
    }

    private static void assertPolling(Run run) throws Exception {
        Outcome outcome = run.outcome("polling");
        List<Exchange> all = run.atProvider("polling");
        assertTotals(run, "polling", all);

        Map<String, List<Exchange>> byStream = new HashMap<>();
        for (Exchange exchange : all) {
            String asked = exchange.request().startLine();
            if (asked.startsWith("GET /events?")) {
                String stream = asked.replaceAll(".*[?&]stream=([^& ]*).*", "$1");
                byStream.computeIfAbsent(stream, name -> new ArrayList<>()).add(exchange);
            }
        }
        assertThat(byStream).hasSize(CONSUMERS);
        byStream.values()
                .forEach(polls -> polls.sort(
                        Comparator.comparingLong(poll -> poll.request().firstEpochNanos())));
        Outcome.Counts counts = outcome.counts();
        List<Exchange> measured = new ArrayList<>();
        long closing = 0;
        for (List<Exchange> polls : byStream.values()) { // a consumer's polls are due one after another
            measured.addAll(polls.subList(0, (int) POLLS_EACH));
            closing += polls.size() - POLLS_EACH;
        }
        assertThat(closing).as("requests that only close the run").isEqualTo(counts.drainRequests());
        assertThat((long) measured.size()).isEqualTo(counts.requests()).isEqualTo(counts.polls());
        assertThat(bytes(measured, true)).as("bytes to the provider").isEqualTo(counts.bytesToProvider());
        assertThat(bytes(measured, false)).as("bytes to the consumer").isEqualTo(counts.bytesToConsumer());
        long empty = 0;
        for (Exchange poll : measured) {
            empty += EventJson.decodePage(poll.answer().body()).events().isEmpty() ? 1 : 0;
        }
        assertThat(empty).as("empty polls").isEqualTo(counts.emptyPolls());

        ModeJournal journal = ModeJournal.of(run.result().journal(), "polling");
        PacketOrder wire = new PacketOrder(run.clock());
        for (List<Exchange> polls : byStream.values()) {
            for (int i = 0; i < polls.size(); i++) {
                HttpMessage answer = polls.get(i).answer();
                // it asks for what follows the event, so it cannot be sent before that is parsed
                long nextEpochNanos =
                        i + 1 < polls.size() ? polls.get(i + 1).request().firstEpochNanos() : Long.MAX_VALUE;
                for (Event event : EventJson.decodePage(answer.body()).events()) {
                    wire.event(event, answer.lastEpochNanos(), journal.nanos(Step.RECEIVED, event), nextEpochNanos);
                }
            }
        }
        wire.assertHolds(counts.delivered());
        assertThat(outcome.latency().meanMillis().orElseThrow() * ROUNDING)
                .as("no sooner than the packets")
                .isGreaterThanOrEqualTo(wire.leastMeanMillis());
    }

    private static void assertWebhooks(Run run) throws Exception {
        Outcome outcome = run.outcome("webhook");
        Outcome.Counts counts = outcome.counts();
        assertTotals(run, "webhook", run.atProvider("webhook"));
        List<Exchange> attempts = run.atReceiver("webhook");
        assertThat(attempts)
                .allSatisfy(attempt -> assertThat(attempt.request().startLine()).startsWith("POST /webhooks/"))
                .allSatisfy(attempt -> assertThat(attempt.answer().startLine()).startsWith("HTTP/1.1 200 "));
        assertThat((long) attempts.size()).isEqualTo(counts.requests()).isEqualTo(counts.attempts());
        int receiver = run.modes().get("webhook").ports().receiver();
        assertThat(run.capture().bytesTo(receiver))
                .isEqualTo(counts.bytesToConsumer())
                .isEqualTo(bytes(attempts, true));
        assertThat(run.capture().bytesFrom(receiver))
                .isEqualTo(counts.bytesToProvider())
                .isEqualTo(bytes(attempts, false));

        ModeJournal journal = ModeJournal.of(run.result().journal(), "webhook");
        PacketOrder wire = new PacketOrder(run.clock());
        for (Exchange attempt : attempts) {
            HttpMessage request = attempt.request();
            HttpMessage answer = attempt.answer();
            Event event = EventJson.decode(request.body());
            assertThat(request.headers()).containsEntry("webhook-id", event.id());
            JournalStep sent = journal.step(Step.ATTEMPT, event);
            wire.inOrder(
                    "begun, its first packet",
                    journal.startNanos() + sent.fromNanos(),
                    run.clock().latest(request.firstEpochNanos()));
            wire.event(event, request.lastEpochNanos(), journal.nanos(Step.RECEIVED, event), answer.firstEpochNanos());
            wire.inOrder(
                    "acknowledged, its end",
                    run.clock().earliest(answer.lastEpochNanos()),
                    journal.startNanos() + sent.untilNanos());
        }
        wire.assertHolds(counts.delivered());
        assertThat(outcome.latency().meanMillis().orElseThrow())
                .as("between the request's last packet and the acknowledgement's first")
                .isBetween(wire.leastMeanMillis() / ROUNDING, wire.mostMeanMillis() * ROUNDING);
    }

    /** What the ledger counts for a mode's provider: set-up, measured and closing requests. */
    private static void assertTotals(Run run, String mode, List<Exchange> exchanges) {
        Outcome outcome = run.outcome(mode);
        Overheard.Ports ports = run.modes().get(mode).ports();
        assertThat((long) exchanges.size()).isEqualTo(debit(outcome, "requests to the provider"));
        assertThat(run.capture().bytesTo(ports.provider())).isEqualTo(debit(outcome, "bytes to the provider"));
        assertThat(run.capture().bytesFrom(ports.provider())).isEqualTo(debit(outcome, "bytes from the provider"));
        long connections = run.capture().conversations(ports.provider()).size()
                + run.capture().conversations(ports.receiver()).size();
        assertThat(connections).isEqualTo(outcome.counts().connectionsOpened());
    }

    private static long debit(Outcome outcome, String what) {
        Account account = outcome.ledger().accounts().stream()
                .filter(candidate -> candidate.what().equals(what))
                .findFirst()
                .orElseThrow();
        return account.debit().values().stream().mapToLong(Long::longValue).sum();
    }

    private static long bytes(List<Exchange> exchanges, boolean requests) {
        return exchanges.stream()
                .mapToLong(exchange -> (requests ? exchange.request() : exchange.answer()).length())
                .sum();
    }

    /**
     * A run whose packets were all captured and in which no poll was skipped; a busy machine may need several tries.
     */
    private Run captured(int payloadBytes, boolean warmedUp) throws Exception {
        String why = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (Tcpdump tcpdump = Tcpdump.started(folder)) {
                ClockRange before = ClockRange.read();
                Comparison.Result result = run(payloadBytes, warmedUp);
                ClockRange clock = before.and(ClockRange.read());
                long dropped = tcpdump.stop();
                long skipped =
                        ComparisonTest.outcome(result, "polling").counts().skippedPolls();
                if (dropped == 0 && skipped == 0 && clock.widthNanos() <= MOST_DRIFT_NANOS) {
                    Set<Integer> ports = Set.copyOf(modes.values().stream()
                            .flatMap(mode -> List.of(
                                    mode.ports().provider(), mode.ports().receiver())
                                    .stream())
                            .toList());
                    return new Run(result, modes, tcpdump.capture(ports), clock);
                }
                why = "%d packets dropped by the kernel, %d polls skipped, the wall clock moved by %d ns"
                        .formatted(dropped, skipped, clock.widthNanos());
            }
        }
        Assumptions.abort("this machine is too busy for a whole capture: " + why);
        throw new AssertionError();
    }

    private Comparison.Result run(int payloadBytes, boolean warmedUp) throws Exception {
        Scenario usual = ComparisonTest.scenario(
                new PoissonArrivals(2), Scenario.Streams.PER_CONSUMER, CONSUMERS, DURATION_NANOS, INTERVAL_NANOS);
        Scenario scenario = usual.withEvents(usual.events().withPayloadBytes(payloadBytes));
        Map<String, Scenario.Network> knownLegs = new HashMap<>();
        modes = new HashMap<>();
        DeliveryModes.all().stream()
                .filter(mode -> scenario.run().modes().contains(mode.name()))
                .forEach(mode -> {
                    modes.put(mode.name(), new Overheard(mode));
                    if (!warmedUp) {
                        knownLegs.put(mode.name(), Scenario.Network.NONE);
                    }
                });
        Comparison.Result result = new Comparison(
                        scenario,
                        modes.values().stream().map(Overheard::mode).toList(),
                        new Interruption(),
                        RunListener.NONE,
                        new WarmedUp(knownLegs, List.of()))
                .withJournal()
                .run();
        result.outcomes().forEach(ComparisonTest::assertBalanced);
        return result;
    }
}
