package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RateUnit;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.schedule.TraceDoubt;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flags that say which events occur. */
@FlagGroup.In(FlagGroup.EVENTS)
final class EventFlags {
    static final String RATE = "--rate";

    private static final List<String> ARRIVALS = List.of("poisson", "periodic", "bursty");
    private static final List<String> STREAMS = List.of("per-consumer", "shared");
    private static final int LEAST_PAYLOAD_BYTES = 16;
    private static final int MOST_PAYLOAD_BYTES = 8 << 20;
    private static final int MOST_RETENTION = 10_000_000;

    @Option(
            names = RATE,
            paramLabel = "RATE",
            description = "Event rate of one stream, such as 2/s, 30/m, 5/h or 40/d (default: 1/s).")
    private String rate;

    @Option(
            names = "--arrivals",
            paramLabel = "LAW",
            description = "How events arrive: poisson; periodic, with a random phase; bursty, ten events on "
                    + "average at ten times the rate, then silence (default: poisson).")
    private String arrivals;

    @Option(
            names = "--burst-rate",
            paramLabel = "RATE",
            description = "bursty: event rate within a burst (default: ten times --rate).")
    private String burstRate;

    @Option(
            names = "--mean-on",
            paramLabel = "DURATION",
            description = "bursty: mean length of a burst (default: long enough for ten events).")
    private String meanOn;

    @Option(
            names = "--mean-off",
            paramLabel = "DURATION",
            description = "bursty: mean length of a silence (default: whatever keeps the mean at --rate).")
    private String meanOff;

    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Replay recorded event times, one a line: epoch seconds, epoch milliseconds or "
                    + "ISO-8601, in any order. Plain or .gz; UTF-8, or UTF-16 with a byte-order mark; - is "
                    + "standard input. All consumers share the trace.")
    private String trace;

    @Option(names = "--speedup", paramLabel = "N", description = "Replay the trace N times as fast (default: 1).")
    private String speedup;

    @Option(
            names = "--trace-from",
            paramLabel = "N",
            description = "Skip the first N events of the trace (default: 0).")
    private String traceFrom;

    @Option(
            names = "--trace-events",
            paramLabel = "N",
            description = "Use at most N events of the trace (default: all).")
    private String traceEvents;

    @Option(names = "--consumers", paramLabel = "N", description = "Number of consumers (default: 20).")
    private String consumers = "20";

    @Option(
            names = "--streams",
            paramLabel = "KIND",
            description = "per-consumer: each consumer has its own events; shared: every event goes to all "
                    + "consumers (default: per-consumer).")
    private String streams;

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            description = "Size of an event's data, such as 512B or 1KiB (default: 1KiB).")
    private String payload = "1KiB";

    @Option(
            names = "--event-type",
            paramLabel = "NAME",
            description = "Type of every event (default: ${DEFAULT-VALUE}).")
    private String type = "payment.succeeded";

    @Option(
            names = "--retention",
            paramLabel = "N",
            description = "Number of newest events that the provider keeps for pollers, for each stream "
                    + "(default: 10000).")
    private String retention = "10000";

    /** The trace's times, once read: standard input can be read only once. */
    private long[] recorded;

    /** The given rate, or the default; empty with a trace, which has a rate of its own. */
    Optional<String> rate(String byDefault) {
        return rate != null ? Optional.of(rate) : trace == null ? Optional.of(byDefault) : Optional.empty();
    }

    void setRate(String one) {
        rate = one;
    }

    /**
     * @param durationNanos the value of the flag, or 0
     * @param mostConsumers the most consumers allowed
     */
    Scenario.Events read(long durationNanos, int mostConsumers) {
        ArrivalProcess process = trace == null ? synthetic() : replayed(durationNanos);
        return new Scenario.Events(
                process,
                streams(),
                Quantity.count("--consumers", consumers, 1, mostConsumers),
                Quantity.bytes("--payload", payload, LEAST_PAYLOAD_BYTES, MOST_PAYLOAD_BYTES),
                type,
                Quantity.count("--retention", retention, 1, MOST_RETENTION),
                unit());
    }

    /** The unit of {@code --rate}, or of the rate within bursts if only that was given. */
    private RateUnit unit() {
        String given = rate != null ? rate : burstRate;
        return given == null ? RateUnit.ANY : RateUnit.of(given);
    }

    private Scenario.Streams streams() {
        if (streams != null && !STREAMS.contains(streams)) {
            throw Names.unknown("kind of --streams", streams, STREAMS);
        }
        if (trace != null) {
            if ("per-consumer".equals(streams)) {
                throw new InvalidInputException(
                        "--streams: 'per-consumer' is not accepted with --trace; a trace is one stream, shared by all");
            }
            return Scenario.Streams.SHARED;
        }
        return "shared".equals(streams) ? Scenario.Streams.SHARED : Scenario.Streams.PER_CONSUMER;
    }

    private ArrivalProcess synthetic() {
        excluded("--trace", "--speedup", speedup, "--trace-from", traceFrom, "--trace-events", traceEvents);
        String law = arrivals == null ? "poisson" : arrivals;
        if (!ARRIVALS.contains(law)) {
            throw Names.unknown("law of --arrivals", law, ARRIVALS);
        }
        if (law.equals("bursty")) {
            return bursty();
        }
        excluded("--arrivals bursty", "--burst-rate", burstRate, "--mean-on", meanOn, "--mean-off", meanOff);
        double ratePerSecond = Quantity.ratePerSecond("--rate", rate == null ? "1/s" : rate);
        return law.equals("poisson") ? new PoissonArrivals(ratePerSecond) : new PeriodicArrivals(ratePerSecond);
    }

    private ArrivalProcess bursty() {
        double mean = rate == null ? 0 : Quantity.ratePerSecond("--rate", rate);
        double burst = burstRate == null ? 0 : Quantity.ratePerSecond("--burst-rate", burstRate);
        double on = meanOn == null ? 0 : Quantity.durationNanos("--mean-on", meanOn);
        double off = meanOff == null ? 0 : Quantity.durationNanos("--mean-off", meanOff);
        if (burst > 0 && on > 0 && off > 0) {
            BurstyArrivals given = new BurstyArrivals(burst, on, off);
            if (mean > 0 && Math.abs(given.ratePerSecond() / mean - 1) > 1e-3) {
                throw new InvalidInputException(
                        "--rate: '%s' contradicts --burst-rate, --mean-on and --mean-off, which make %s; leave one out"
                                .formatted(rate, Quantity.rate(given.ratePerSecond())));
            }
            return given;
        }
        double wanted = mean > 0 ? mean : 1;
        if (burst > 0 && burst <= wanted) {
            throw Quantity.wrong("--burst-rate", burstRate, "a rate above the mean rate of " + Quantity.rate(wanted));
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

    private ArrivalProcess replayed(long durationNanos) {
        excluded(
                "synthetic arrivals, not with --trace",
                "--rate",
                rate,
                "--arrivals",
                arrivals,
                "--burst-rate",
                burstRate,
                "--mean-on",
                meanOn,
                "--mean-off",
                meanOff);
        double faster = speedup == null ? 1 : Quantity.positive("--speedup", speedup);
        long from = traceFrom == null ? 0 : Quantity.number("--trace-from", traceFrom, 0, Integer.MAX_VALUE);
        int most = traceEvents == null
                ? Integer.MAX_VALUE
                : Quantity.count("--trace-events", traceEvents, 1, Integer.MAX_VALUE);
        if (recorded == null) {
            recorded = TraceFile.read(trace);
            TraceDoubt.of(recorded).ifPresent(doubt -> System.err.println("pushpull: warning: " + doubt));
        }
        long[] times = recorded;
        if (from >= times.length) {
            throw Quantity.wrong("--trace-from", traceFrom, "less than the " + times.length + " events of the trace");
        }
        if (traceEvents != null && most > times.length - from) {
            throw Quantity.wrong(
                    "--trace-events", traceEvents, "no more than the " + (times.length - from) + " events there are");
        }
        long[] part = java.util.Arrays.copyOfRange(times, (int) from, (int) Math.min(times.length, from + most));
        if (part[0] == part[part.length - 1] && durationNanos == 0) {
            throw new InvalidInputException(
                    "--trace: '%s' spans no time; give --duration, or a trace of more than one moment"
                            .formatted(trace));
        }
        return TraceArrivals.of(trace, from, part, faster, durationNanos);
    }

    /** Rejects flags (name, value, name, value, ...) that have a meaning only elsewhere. */
    private static void excluded(String elsewhere, String... flags) {
        for (int i = 0; i < flags.length; i += 2) {
            if (flags[i + 1] != null) {
                throw new InvalidInputException(
                        "%s: '%s' is not accepted here; it is for %s".formatted(flags[i], flags[i + 1], elsewhere));
            }
        }
    }
}
