package dev.pushpull.trace;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of values with a separator between them.
 *
 * @param source the file's name, for messages
 * @param separator between values
 * @param place of its times in a record
 * @param kind the form of its times
 * @param named the column's name or number, as people call it
 * @param hasHeader whether the first record holds names
 */
record ColumnTimes(
        Forms forms, String source, char separator, Place place, TraceForm kind, String named, boolean hasHeader)
        implements Layout {
    /**
     * A column, or two that make one time together.
     *
     * @param first its index, from 0
     * @param second of the column whose value follows after a space; -1 for none
     */
    record Place(int first, int second) {
        boolean isOfTwo() {
            return second >= 0;
        }

        /** What a record has there; blank when a part of it is missing. */
        String of(List<String> record) {
            if (record.size() <= Math.max(first, second)) {
                return "";
            }
            String begins = record.get(first);
            return !isOfTwo()
                    ? begins
                    : begins.isBlank() || record.get(second).isBlank() ? "" : begins + " " + record.get(second);
        }
    }

    @Override
    public TraceTimes read(Reader text) throws IOException {
        TimesTaken times = new TimesTaken(forms, forms.made(kind, takesCommas(separator)), source);
        Column column = new Column(times, hasHeader);
        each(text, source, separator, column);
        return times.finish("column " + TimesTaken.shown(named));
    }

    /** A comma is a decimal sign where it separates no values. */
    static boolean takesCommas(char separator) {
        return separator != ',';
    }

    /** The first records of a text, without the last one if that may be cut. */
    static List<List<String>> records(String head, boolean isWhole, char separator) {
        Collected collected = new Collected();
        try {
            each(new StringReader(head), "it", separator, collected);
        } catch (IOException | InvalidInputException e) { // it is cut, or no such text
            return isWhole ? List.of() : collected.records;
        }
        List<List<String>> records = collected.records;
        return isWhole || records.isEmpty() ? records : records.subList(0, records.size() - 1);
    }

    private static void each(
            Reader text, String source, char separator, AbstractBaseCsvCallbackHandler<Boolean> handler)
            throws IOException {
        try (CsvReader<Boolean> records = CsvReader.builder()
                .fieldSeparator(separator)
                .commentStrategy(CommentStrategy.SKIP)
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(handler, text)) {
            for (Boolean record : records) {
                if (!record) {
                    break;
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof InvalidInputException || cause instanceof TraceDoubt) {
                throw (RuntimeException) cause;
            }
            throw new InvalidInputException(source + " is no whole table of values: " + Failures.sentence(cause));
        }
    }

    /** Takes one column, or two, and looks at no other. */
    private final class Column extends AbstractBaseCsvCallbackHandler<Boolean> {
        private final TimesTaken times;
        private final Scan scan = new Scan();
        private final StringBuilder begins = new StringBuilder();
        private final StringBuilder ends = new StringBuilder();
        private char[] joined = new char[64];
        private boolean headerIsDue;
        private boolean isFound;

        Column(TimesTaken times, boolean hasHeader) {
            this.times = times;
            headerIsDue = hasHeader;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            isFound = false;
            begins.setLength(0);
            ends.setLength(0);
        }

        @Override
        protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
            if (headerIsDue || field != place.first() && field != place.second()) {
                return;
            }
            scan.on(buffer, offset, offset + length).strip();
            if (place.isOfTwo()) {
                (field == place.first() ? begins : ends).append(scan.text, scan.at, scan.end - scan.at);
                if (begins.isEmpty() || ends.isEmpty()) {
                    return; // the other one is still to come, or missing
                }
                join();
            }
            if (!scan.isAtEnd()) {
                isFound = true;
                if (!times.takesWhole(scan)) {
                    times.refuse(
                            scan.rest(), "line " + getStartingLineNumber() + ", column " + TimesTaken.shown(named));
                }
            }
        }

        private void join() {
            int length = begins.append(' ').append(ends).length();
            joined = joined.length < length ? new char[length] : joined;
            begins.getChars(0, length, joined, 0);
            scan.on(joined, 0, length);
        }

        @Override
        protected Boolean buildRecord() {
            boolean isRecord = getRecordType() == RecordType.DATA;
            if (isRecord && headerIsDue) {
                headerIsDue = false;
            } else if (isRecord && !isFound) {
                times.hasNone();
            }
            return true;
        }
    }

    /** Keeps the first records whole. */
    private static final class Collected extends AbstractBaseCsvCallbackHandler<Boolean> {
        private static final int MOST_RECORDS = 200;

        private final List<List<String>> records = new ArrayList<>();
        private List<String> record = new ArrayList<>();

        @Override
        protected void handleBegin(long startingLineNumber) {
            record = new ArrayList<>();
        }

        @Override
        protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
            record.add(new String(buffer, offset, length).strip());
        }

        @Override
        protected Boolean buildRecord() {
            if (getRecordType() == RecordType.DATA) {
                records.add(record);
            }
            return records.size() <= MOST_RECORDS;
        }
    }
}
