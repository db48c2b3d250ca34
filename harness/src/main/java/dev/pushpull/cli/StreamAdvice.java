package dev.pushpull.cli;

import dev.pushpull.report.advice.AdviceReport;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code advise} says about a stream that was seen. */
final class StreamAdvice {
    /** The times, to be used again: {@code --trace}. */
    static final String TIMES = "times.txt";

    /** Fewer say nothing about a stream. */
    private static final int LEAST = 20;

    private static final long LEAST_SPAN_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The last of more: so many are searched in seconds. */
    private static final int MOST = 20_000;

    private StreamAdvice() {}

    /**
     * Writes the times down, and asks for advice on them.
     *
     * @param timesNanos since 1970, in order
     * @param intervalSeconds between the polls that were made: nothing later than they may be is asked for
     * @return lines for people; none when there are too few times
     */
    static List<String> lines(long[] timesNanos, double intervalSeconds, Path folder)
            throws IOException, InterruptedException {
        if (timesNanos.length < LEAST) {
            return List.of();
        }
        long spanNanos = timesNanos[timesNanos.length - 1] - timesNanos[0];
        if (spanNanos < LEAST_SPAN_NANOS) {
            return List.of("No advice: all items came within %s, and advice needs at least %s of a stream."
                    .formatted(Quantity.readable(spanNanos), Quantity.readable(LEAST_SPAN_NANOS)));
        }
        long[] last = Arrays.copyOfRange(timesNanos, Math.max(0, timesNanos.length - MOST), timesNanos.length);
        ResultFiles.put(folder, TIMES, out -> {
            for (long nanos : last) {
                out.write(Instant.ofEpochSecond(0, nanos) + "\n");
            }
        });
        String trace = folder.resolve(TIMES).toString();
        CommandLine program = Main.commandLine(AdviseCommand.NAME);
        CommandSpec command = program.getSubcommands().get(AdviseCommand.NAME).getCommandSpec();
        command.addOption(OptionSpec.builder("--quiet") // a reader of this asked for no trace
                .type(boolean.class)
                .defaultValue("true")
                .build());
        try {
            program.parseArgs(
                    AdviseCommand.NAME,
                    "--trace",
                    trace,
                    "--consumers",
                    "1",
                    "--need",
                    "latency_p95<" + Quantity.readable(Math.round(intervalSeconds * 1e9)));
            AdviseCommand advise = (AdviseCommand) command.userObject();
            return AdviceReport.render(advise.advice(), Optional.empty(), false, false, true, Layout.WIDTH)
                    .lines()
                    .toList();
        } catch (CommandLine.ParameterException | InvalidInputException e) {
            return List.of("No advice on this stream: " + Failures.sentence(e));
        }
    }
}
