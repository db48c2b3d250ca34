package dev.pushpull.trace;

import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a person has settled about a file of event times; all may be empty.
 *
 * @param column the name or the number, from 1, of a column of CSV or TSV, or the label of git's date
 * @param field a JSON Pointer (RFC 6901) within each object
 * @param form the form of the times; what has another form is left out and counted
 * @param unit what a number counts
 * @param dateOrder which of day and month comes first
 * @param zone the zone of times that name none; otherwise they are UTC
 * @param year the year of the first time, for times without one
 */
public record TraceSettings(
        Optional<String> column,
        Optional<String> field,
        Optional<TraceForm> form,
        Optional<TraceUnit> unit,
        Optional<TraceDateOrder> dateOrder,
        Optional<ZoneId> zone,
        OptionalInt year) {
    public static final TraceSettings NONE = new TraceSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty());

    public TraceSettings withColumn(String name) {
        return new TraceSettings(Optional.of(name), field, form, unit, dateOrder, zone, year);
    }

    public TraceSettings withField(String pointer) {
        return new TraceSettings(column, Optional.of(pointer), form, unit, dateOrder, zone, year);
    }

    public TraceSettings withForm(TraceForm one) {
        return new TraceSettings(column, field, Optional.of(one), unit, dateOrder, zone, year);
    }

    public TraceSettings withUnit(TraceUnit one) {
        return new TraceSettings(column, field, form, Optional.of(one), dateOrder, zone, year);
    }

    public TraceSettings withDateOrder(TraceDateOrder one) {
        return new TraceSettings(column, field, form, unit, Optional.of(one), zone, year);
    }

    public TraceSettings withZone(ZoneId one) {
        return new TraceSettings(column, field, form, unit, dateOrder, Optional.of(one), year);
    }

    public TraceSettings withYear(int one) {
        return new TraceSettings(column, field, form, unit, dateOrder, zone, OptionalInt.of(one));
    }
}
