package dev.pushpull.cli;

import dev.pushpull.report.run.RunResults;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Option;

/** The flags that say how long the legs between consumer and provider take in virtual time. */
@FlagGroup.In(FlagGroup.LEGS)
final class LegFlags {
    private static final String CALIBRATE = "--calibrate";

    @Option(
            names = "--poll-leg",
            paramLabel = "DURATION",
            description = "Time from the provider's look at its log to the response at the consumer (default: 0s).")
    @Within(least = 0)
    private Duration pollLeg;

    @Option(
            names = "--webhook-leg",
            paramLabel = "DURATION",
            description = "Time from the event to the webhook at the consumer (default: 0s).")
    @Within(least = 0)
    private Duration webhookLeg;

    @Option(
            names = CALIBRATE,
            paramLabel = "RUN",
            description = "Draw the travel times at random from those of a live run, given its results folder.")
    private Path run;

    Scenario.Network read() {
        if (run == null) {
            return new Scenario.Network(nanos(pollLeg), nanos(webhookLeg));
        }
        if (pollLeg != null || webhookLeg != null) {
            throw new InvalidInputException("%s: '%s' is not accepted with --poll-leg or --webhook-leg; it gives both"
                    .formatted(CALIBRATE, run));
        }
        return measured(recorded());
    }

    private static long nanos(Duration leg) {
        return leg == null ? 0 : leg.toNanos();
    }

    private RunRecord recorded() {
        try {
            return RunResults.read(run);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(CALIBRATE + ": " + e.getMessage());
        }
    }

    /** A poll's leg is half its round trip, as in the warm-up of a live run. */
    private Scenario.Network measured(RunRecord record) {
        if (record.scenario().wire().modelled()) {
            throw Quantity.wrong(
                    CALIBRATE,
                    run.toString(),
                    "a run without --tls, --rtt and --keep-alive, whose legs are the machine's alone");
        }
        // fixed interval first: what the polls find disturbs its round trips least
        Optional<Distribution> polls = record.outcomes().stream()
                .filter(outcome -> outcome.traits().begins() == Begins.CONSUMER)
                .filter(outcome -> outcome.traits().has(Trait.CLOCKED))
                .sorted(Comparator.comparing(
                                (Outcome outcome) -> !outcome.traits().has(Trait.CLAIMED))
                        .thenComparing(outcome -> !outcome.traits().has(Trait.INDEPENDENT_POLLS)))
                .map(Outcome::roundTrip)
                .filter(distribution -> distribution.count() > 0)
                .findFirst();
        Optional<Distribution> webhooks = record.outcomes().stream()
                .filter(outcome -> outcome.traits().begins() == Begins.PROVIDER && !outcome.simulated())
                .filter(outcome -> !outcome.traits().has(Trait.GATHERS))
                .map(Outcome::latency)
                .filter(distribution -> distribution.count() > 0)
                .findFirst();
        if (polls.isEmpty() && webhooks.isEmpty()) {
            throw Quantity.wrong(
                    CALIBRATE, run.toString(), "the results folder of a live run with polling or webhooks");
        }
        Map<Leg, Distribution> drawn = new EnumMap<>(Leg.class);
        polls.ifPresent(roundTrips -> drawn.put(Leg.POLL_RESPONSE, halved(roundTrips)));
        webhooks.ifPresent(latencies -> drawn.put(Leg.WEBHOOK, latencies));
        return new Scenario.Network(meanNanos(drawn, Leg.POLL_RESPONSE), meanNanos(drawn, Leg.WEBHOOK), drawn);
    }

    private static Distribution halved(Distribution roundTrips) {
        Histogram halves = new Histogram(3);
        roundTrips
                .histogram()
                .recordedValues()
                .forEach(step -> halves.recordValueWithCount(
                        step.getValueIteratedTo() / 2, step.getCountAddedInThisIterationStep()));
        return new Distribution(halves, roundTrips.sumNanos() / 2);
    }

    private static long meanNanos(Map<Leg, Distribution> drawn, Leg leg) {
        Distribution measured = drawn.get(leg);
        return measured == null ? 0 : Math.round(measured.sumNanos() / measured.count());
    }
}
