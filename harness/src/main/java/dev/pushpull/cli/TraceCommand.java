package dev.pushpull.cli;

import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.report.trace.TraceRows;
import dev.pushpull.report.trace.TraceText;
import dev.pushpull.trace.TraceDescription;
import dev.pushpull.trace.TraceTimes;
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
            "",
            "Exit codes: 0 done, 2 usage."
        })
final class TraceCommand implements Callable<Integer> {
    private static final String NAME = "trace";

    @Parameters(index = "0", paramLabel = "FILE", description = "Event times in any form; - is standard input.")
    private String file;

    @Mixin
    private TraceFormFlags form = new TraceFormFlags();

    @Option(names = "--json", description = "Print only the figures, as one JSON object.")
    @FlagGroup.In(FlagGroup.RESULTS)
    private boolean json;

    @Override
    public Integer call() {
        TraceTimes times = TraceFile.read(NAME, file, form.read());
        System.err.println("pushpull: trace: " + times.decision());
        times.warnings().forEach(warning -> System.err.println("pushpull: warning: " + warning));
        TraceDescription description = TraceDescription.of(times.epochNanos());
        if (json) {
            System.out.println(JsonRows.render(NAME, TraceRows.of(description, file, times.decision())));
        } else {
            Terminal.print(TraceText.render(description, file, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        return ExitCode.DONE;
    }
}
