package dev.pushpull.cli;

import dev.pushpull.report.run.EventLife;
import dev.pushpull.report.run.JournalFile;
import dev.pushpull.report.shared.JsonRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code trace-event}: prints the whole life of one event. */
@Command(
        header = "Show everything that happened to one event.",
        name = "trace-event",
        sortOptions = false,
        description = "Shows what happened to one event of a live run, in every mode and on both sides: "
                + "when it occurred, each attempt or poll, when it was received and processed. The ids "
                + "are in journal.csv.",
        footer = {
            "",
            "Example:",
            "  pushpull trace-event results/latest evt_0123456789abcdef",
            "",
            "Exit codes: 0 done, 2 usage."
        })
final class TraceEventCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "The results folder of a compare.")
    private Path run;

    @Parameters(index = "1", paramLabel = "EVENT_ID", description = "The event's id.")
    private String eventId;

    @Option(names = "--json", description = "Print only the steps, as one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        List<Map<String, Object>> rows = EventLife.rows(JournalFile.read(run), eventId);
        if (json) {
            System.out.println(JsonRows.render("trace-event", rows));
        } else {
            Terminal.print(EventLife.render(rows, eventId, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        return ExitCode.DONE;
    }
}
