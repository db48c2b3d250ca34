package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.trace.TraceTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The flags of recorded event times. */
@FlagGroup.In(FlagGroup.EVENTS)
final class TraceFlags {
    static final String TRACE = "--trace";

    private static final String FROM = "--trace-from";
    private static final String EVENTS = "--trace-events";

    @Option(
            names = TRACE,
            paramLabel = "FILE",
            description = "Replay event times from a log, CSV or JSON file as it is, also .gz or .zst; - is standard "
                    + "input.")
    private String trace;

    @Option(names = FROM, paramLabel = "N", description = "Skip the first N events of the trace (default: 0).")
    @Within(least = 0, most = Integer.MAX_VALUE)
    private Integer from;

    @Option(names = EVENTS, paramLabel = "N", description = "Use at most N events of the trace (default: all).")
    @Within(least = 1, most = Integer.MAX_VALUE)
    private Integer most;

    @Mixin
    private TraceFormFlags form = new TraceFormFlags();

    /** The trace's times, once read: standard input can be read only once. */
    private long[] recorded;

    private final List<String> said = new ArrayList<>();

    boolean isGiven() {
        return trace != null;
    }

    /** The flags that have a meaning only with a trace. */
    static List<String> others() {
        List<String> names = new ArrayList<>(List.of(FROM, EVENTS));
        names.addAll(TraceFormFlags.NAMES);
        return names;
    }

    /** @param durationNanos the value of the flag, or 0 */
    TraceArrivals read(double speedup, long durationNanos) {
        if (recorded == null) {
            TraceTimes times = TraceFile.read(TRACE, trace, form.read());
            said.add("trace: " + times.decision());
            times.warnings().forEach(warning -> said.add("warning: " + warning));
            recorded = times.epochNanos();
        }
        int first = from == null ? 0 : from;
        int left = recorded.length - first;
        if (left <= 0) {
            throw Quantity.wrong(FROM, from.toString(), "less than the " + recorded.length + " events of the trace");
        }
        if (most != null && most > left) {
            throw Quantity.wrong(EVENTS, most.toString(), "no more than the " + left + " events there are");
        }
        int count = most == null ? left : most;
        long[] part = count == recorded.length ? recorded : Arrays.copyOfRange(recorded, first, first + count);
        if (part[0] == part[count - 1] && durationNanos == 0) {
            throw new InvalidInputException(
                    "--trace: '%s' spans no time; give --duration, or a trace of more than one moment"
                            .formatted(trace));
        }
        return TraceArrivals.of(trace, first, part, speedup, durationNanos);
    }

    /** Tells once what was decided about the trace: when all else is checked, so that a refusal is one line. */
    void tell(CommandSpec spec) {
        OptionSpec quiet = spec.findOption("--quiet");
        if (quiet == null || !Boolean.TRUE.equals(quiet.getValue())) {
            said.forEach(line -> System.err.println("pushpull: " + line));
        }
        said.clear();
    }
}
