package dev.pushpull.cli;

import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.report.trace.TraceRows;
import dev.pushpull.report.trace.TraceSvg;
import dev.pushpull.report.trace.TraceText;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.trace.TraceDescription;
import dev.pushpull.trace.TraceTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace}: what a file of event times is like. */
@Command(
        header = "Describe a file of event times.",
        name = "trace",
        sortOptions = false,
        description =
                "Describes recorded event times: span, rate, how bursty they are, the hours of the week, the exact "
                        + "share of polls that would find nothing at intervals from 1 s to 1 h, and the flags of a law that makes "
                        + "similar events. Takes every file that --trace takes.",
        footer = {
            "",
            "Examples:",
            "  pushpull trace access.log",
            "  git log --format=%%ct | pushpull trace -",
            "  pushpull trace export.csv.gz --trace-column created_at --json",
            "  pushpull trace door.csv --trace-column date,time --plot door.svg",
            "",
            "Exit codes: 0 done, 2 usage."
        })
final class TraceCommand implements Callable<Integer> {
    private static final String NAME = "trace";
    private static final String PLOT = "--plot";

    @Parameters(index = "0", paramLabel = "FILE", description = "Event times in any form; - is standard input.")
    private String file;

    @Mixin
    private TraceFormFlags form = new TraceFormFlags();

    @Option(
            names = PLOT,
            paramLabel = "FILE",
            description = "Write a plot as SVG: events over the span and over the week, and the share of empty polls.")
    @FlagGroup.In(FlagGroup.RESULTS)
    private Path plot;

    @Option(names = "--json", description = "Print only the figures, as one JSON object.")
    @FlagGroup.In(FlagGroup.RESULTS)
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (plot != null && Files.exists(plot)) {
            throw Quantity.wrong(PLOT, plot.toString(), "a file that does not exist yet, such as trace.svg");
        }
        TraceTimes times = TraceFile.read(NAME, file, form.read());
        System.err.println("pushpull: trace: " + times.decision());
        times.warnings().forEach(warning -> System.err.println("pushpull: warning: " + warning));
        TraceDescription description = TraceDescription.of(times.epochNanos());
        if (plot != null) {
            Files.writeString(plot, TraceSvg.of(description, file));
        }
        if (json) {
            System.out.println(JsonRows.render(NAME, TraceRows.of(description, file, times.decision())));
        } else {
            Terminal.print(TraceText.render(description, file, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        return ExitCode.DONE;
    }
}
