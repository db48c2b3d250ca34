package dev.pushpull.cli;

import dev.pushpull.scenario.Quantity;
import dev.pushpull.trace.TraceDateOrder;
import dev.pushpull.trace.TraceForm;
import dev.pushpull.trace.TraceSettings;
import dev.pushpull.trace.TraceUnit;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** The flags that settle what a file of event times leaves open. */
@FlagGroup.In(FlagGroup.EVENTS)
final class TraceFormFlags {
    private static final String ZONE = "--trace-zone";

    /** All of them, for those who take none without a trace. */
    static final List<String> NAMES = List.of(
            "--trace-column",
            "--trace-field",
            "--trace-form",
            "--trace-unit",
            "--trace-date-order",
            ZONE,
            "--trace-year");

    @Option(
            names = "--trace-column",
            paramLabel = "NAME|N[,NAME|N]",
            description =
                    "The trace's column of event times in CSV or TSV, by its name or its number from 1; two, as date,time, "
                            + "are joined (default: the only column that holds times).")
    private String column;

    @Option(
            names = "--trace-field",
            paramLabel = "POINTER",
            description = "The trace's field of event times in JSON or NDJSON, within each object, such as /created_at "
                    + "(default: the only field that holds times).")
    private String field;

    @Option(
            names = "--trace-form",
            paramLabel = "FORM",
            description =
                    "Take only times of this form from the trace, and count the others: number, iso, date, month, "
                            + "syslog or numeric (default: the form of all).")
    private TraceForm form;

    @Option(
            names = "--trace-unit",
            paramLabel = "UNIT",
            description =
                    "What the trace's numbers count since 1970: s, ms, us, ns, m, h or d; or excel, the days of a "
                            + "spreadsheet (default: s, ms, us or ns by their size).")
    private TraceUnit unit;

    @Option(
            names = "--trace-date-order",
            paramLabel = "ORDER",
            description = "Whether dates such as 03/04/2025 in the trace have the day or the month first: dmy or mdy "
                    + "(default: as a number above 12 tells).")
    private TraceDateOrder dateOrder;

    @Option(
            names = ZONE,
            paramLabel = "ZONE",
            description =
                    "The zone of times in the trace that name none, such as Europe/Berlin or +02:00 (default: UTC).")
    private String zone;

    @Option(
            names = "--trace-year",
            paramLabel = "YEAR",
            description = "The year of the trace's first time, where times name none (default: the latest in which no "
                    + "time is later than the file).")
    @Within(least = 1900, most = 2200)
    private Integer year;

    TraceSettings read() {
        return new TraceSettings(
                Optional.ofNullable(column),
                Optional.ofNullable(field),
                Optional.ofNullable(form),
                Optional.ofNullable(unit),
                Optional.ofNullable(dateOrder),
                zone == null ? Optional.empty() : Optional.of(zone()),
                year == null ? OptionalInt.empty() : OptionalInt.of(year));
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw Quantity.wrong(ZONE, zone, "a zone such as UTC, Europe/Berlin or +02:00");
        }
    }
}
