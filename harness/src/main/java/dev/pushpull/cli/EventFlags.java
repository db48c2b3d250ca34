package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RateUnit;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flags that say which events occur. */
@FlagGroup.In(FlagGroup.EVENTS)
final class EventFlags {
    static final String RATE = "--rate";

    private static final String CONSUMERS = "--consumers";
    private static final String ARRIVALS = "--arrivals";

    /** The laws that {@code --arrivals} takes. */
    private enum Law {
        POISSON,
        PERIODIC,
        BURSTY
    }

    @Option(
            names = RATE,
            paramLabel = "RATE",
            description = "Event rate of one stream, such as 2/s, 30/m, 5/h or 40/d (default: 1/s).")
    private Rate rate;

    @Option(
            names = ARRIVALS,
            paramLabel = "LAW",
            description = "How events arrive: poisson; periodic, with a random phase; bursty, ten events on "
                    + "average at ten times the rate, then silence (default: poisson).")
    private Law arrivals;

    @Option(
            names = "--burst-rate",
            paramLabel = "RATE",
            description = "bursty: event rate within a burst (default: ten times --rate).")
    private Rate burstRate;

    @Option(
            names = "--mean-on",
            paramLabel = "DURATION",
            description = "bursty: mean length of a burst (default: long enough for ten events).")
    private Duration meanOn;

    @Option(
            names = "--mean-off",
            paramLabel = "DURATION",
            description = "bursty: mean length of a silence (default: whatever keeps the mean at --rate).")
    private Duration meanOff;

    @Mixin
    private TraceFlags trace = new TraceFlags();

    @Option(
            names = "--speedup",
            paramLabel = "N",
            description = "Replay the trace, or let the week of --profile pass, N times as fast (default: 1).")
    private Double speedup;

    @Mixin
    private ProfileFlags profile = new ProfileFlags();

    /** A text, since the command says how many there may be. */
    @Option(names = CONSUMERS, paramLabel = "N", description = "Number of consumers (default: ${DEFAULT-VALUE}).")
    private String consumers = "20";

    @Option(
            names = "--streams",
            paramLabel = "KIND",
            description = "per-consumer: each consumer has its own events; shared: every event goes to all "
                    + "consumers (default: per-consumer).")
    private Scenario.Streams streams;

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            defaultValue = "1KiB",
            description = "Size of an event's data, such as 512B or 1KiB (default: ${DEFAULT-VALUE}).")
    @Within(least = 16, most = 8 << 20)
    private Size payload;

    @Option(
            names = "--event-type",
            paramLabel = "NAME",
            description = "Type of every event (default: ${DEFAULT-VALUE}).")
    private String type = "payment.succeeded";

    @Option(
            names = "--retention",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Number of newest events that the provider keeps for pollers, for each stream "
                    + "(default: ${DEFAULT-VALUE}).")
    @Within(least = 1, most = 10_000_000)
    private int retention;

    /** Whether the events are those of a trace, which has a rate of its own. */
    boolean replays() {
        return trace.isGiven();
    }

    /** Tells what was decided about a trace. */
    void tell(CommandSpec spec) {
        trace.tell(spec);
    }

    void setRate(Rate one) {
        rate = one;
    }

    /**
     * @param spec of the command whose flags these are
     * @param durationNanos the value of the flag, or 0
     * @param mostConsumers the most consumers allowed
     */
    Scenario.Events read(CommandSpec spec, long durationNanos, int mostConsumers) {
        ArrivalProcess process = !trace.isGiven() ? synthetic(spec) : replayed(spec, durationNanos);
        return new Scenario.Events(
                process,
                streams(),
                Quantity.count(CONSUMERS, consumers, 1, mostConsumers),
                payload.bytes(),
                type,
                retention,
                unit());
    }

    /** The unit of {@code --rate}, or of the rate within bursts if only that was given. */
    private RateUnit unit() {
        Rate given = rate != null ? rate : burstRate;
        return given == null ? RateUnit.ANY : given.unit();
    }

    private Scenario.Streams streams() {
        if (trace.isGiven()) {
            if (streams == Scenario.Streams.PER_CONSUMER) {
                throw new InvalidInputException(
                        "--streams: 'per-consumer' is not accepted with --trace; a trace is one stream, shared by all");
            }
            return Scenario.Streams.SHARED;
        }
        return streams == null ? Scenario.Streams.PER_CONSUMER : streams;
    }

    private ArrivalProcess synthetic(CommandSpec spec) {
        excluded(spec, TraceFlags.TRACE, TraceFlags.others().toArray(String[]::new));
        if (profile.isGiven()) {
            excluded(spec, "runs without " + ProfileFlags.PROFILE, ARRIVALS, "--burst-rate", "--mean-on", "--mean-off");
            return profile.read(rate == null ? 1 : rate.perSecond(), speedup == null ? 1 : speedup);
        }
        profile.checkAbsent();
        excluded(spec, TraceFlags.TRACE + " or " + ProfileFlags.PROFILE, "--speedup");
        if (arrivals == Law.BURSTY) {
            return bursty();
        }
        excluded(spec, "--arrivals bursty", "--burst-rate", "--mean-on", "--mean-off");
        double ratePerSecond = rate == null ? 1 : rate.perSecond();
        return arrivals == Law.PERIODIC ? new PeriodicArrivals(ratePerSecond) : new PoissonArrivals(ratePerSecond);
    }

    private ArrivalProcess bursty() {
        double mean = rate == null ? 0 : rate.perSecond();
        double burst = burstRate == null ? 0 : burstRate.perSecond();
        double on = meanOn == null ? 0 : meanOn.toNanos();
        double off = meanOff == null ? 0 : meanOff.toNanos();
        if (burst > 0 && on > 0 && off > 0) {
            BurstyArrivals given = new BurstyArrivals(burst, on, off);
            if (mean > 0 && Math.abs(given.ratePerSecond() / mean - 1) > 1e-3) {
                throw new InvalidInputException(
                        "--rate: '%s' contradicts --burst-rate, --mean-on and --mean-off, which make %s; leave one out"
                                .formatted(rate.text(), Quantity.rate(given.ratePerSecond())));
            }
            return given;
        }
        double wanted = mean > 0 ? mean : 1;
        if (burst > 0 && burst <= wanted) {
            throw Quantity.wrong(
                    "--burst-rate", burstRate.text(), "a rate above the mean rate of " + Quantity.rate(wanted));
        }
        if (on > 0 && off > 0) {
            return BurstyArrivals.ofTimes(wanted, on, off);
        }
        BurstyArrivals shape = burst > 0 ? BurstyArrivals.ofMeanRate(wanted, burst) : BurstyArrivals.ofMeanRate(wanted);
        if (on > 0) {
            return BurstyArrivals.ofBurstLength(wanted, shape.burstRatePerSecond(), on);
        }
        return off > 0
                ? BurstyArrivals.ofBurstLength(
                        wanted, shape.burstRatePerSecond(), off * shape.meanOnNanos() / shape.meanOffNanos())
                : shape;
    }

    private ArrivalProcess replayed(CommandSpec spec, long durationNanos) {
        excluded(
                spec,
                "synthetic arrivals, not with --trace",
                RATE,
                ARRIVALS,
                ProfileFlags.PROFILE,
                ProfileFlags.START,
                "--burst-rate",
                "--mean-on",
                "--mean-off");
        return trace.read(speedup == null ? 1 : speedup, durationNanos);
    }

    /** Rejects flags that have a meaning only elsewhere. */
    private static void excluded(CommandSpec spec, String elsewhere, String... flags) {
        for (String flag : flags) {
            TypedFlags.given(spec, flag).ifPresent(text -> {
                throw new InvalidInputException(
                        "%s: '%s' is not accepted here; it is for %s".formatted(flag, text, elsewhere));
            });
        }
    }
}
