package dev.pushpull.trace;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.OptionalInt;

/**
 * Times that name the month, whatever the order of their parts: RFC 2822, HTTP in its three forms, C's asctime, git,
 * date, JavaScript, access logs; and, as a form of its own, those without a year, as syslog writes them.
 */
final class NamedMonths implements TimeForm {
    /** Times without a year are kept in leap years from here on, four years for each turn of the year. */
    private static final int REFERENCE_YEAR = 2000;

    private static final int REFERENCE_STEP = 4;
    private static final int PIVOT = 70;

    /** Someone's clock may be ahead of ours, or in another zone. */
    private static final long AHEAD = 2 * Calendar.DAY;

    /** A 29 February may be as old as this. */
    private static final int YEARS_BACK = 12;

    private final Calendar calendar;
    private final boolean yearless;
    private final OptionalInt givenYear;
    private final Instant asOf;

    private int year;
    private int month;
    private int day;
    private long time;
    private boolean hasZone;

    /** How often the year has turned since the first time, and in which month the last one was. */
    private int turns;

    private int lastMonth;

    /**
     * @param yearless whether it reads times without a year; otherwise it reads none of these
     * @param givenYear the year of the first time, where a flag says so
     * @param asOf no time is much later than this: when the file was written
     */
    NamedMonths(Calendar calendar, boolean yearless, OptionalInt givenYear, Instant asOf) {
        this.calendar = calendar;
        this.yearless = yearless;
        this.givenYear = givenYear;
        this.asOf = asOf;
    }

    @Override
    public TraceForm kind() {
        return yearless ? TraceForm.SYSLOG : TraceForm.MONTH;
    }

    @Override
    public boolean read(Scan scan) {
        scan.begin();
        if (!Scan.isLetter(scan.peek()) && !scan.digitAhead(0)) {
            return false;
        }
        year = -1;
        month = 0;
        day = 0;
        time = -1;
        hasZone = false;
        calendar.zones().forget();
        int last = scan.at;
        while (part(scan)) {
            last = scan.at;
            separator(scan);
        }
        scan.at = last;
        if (month == 0 || day == 0 || yearless != (year < 0)) {
            return false;
        }
        if (yearless) {
            return time >= 0 && keep(scan);
        }
        scan.dateOnly = time < 0;
        return time < 0
                ? !scan.zoned && calendar.timeless(scan, year, month, day)
                : calendar.moment(scan, year, month, day, time);
    }

    private void separator(Scan scan) {
        boolean dateIsOpen = month == 0 || day == 0 || year < 0;
        if (scan.peek() == ',') {
            scan.at++;
        } else if (dateIsOpen
                && (scan.peek() == '-' || scan.peek() == '/' || scan.peek() == '.' || scan.peek() == ':')) {
            scan.at++;
            return;
        } else if (scan.peek() == ':' && time < 0) { // an access log has a colon before the hour
            scan.at++;
            return;
        }
        scan.skipBlanks();
    }

    /** Reads the next part of a time; false when what comes next is none, or is there already. */
    private boolean part(Scan scan) {
        int letters = scan.letters();
        if (letters > 0) {
            return word(scan, letters);
        }
        char here = scan.peek();
        if ((here == '+' || here == '-') && time >= 0 && !hasZone) {
            return !yearless && zone(scan);
        }
        if (here == '(' && hasZone) {
            return comment(scan);
        }
        int digits = scan.digits(4);
        if (digits == 0 || digits > 4) {
            return false;
        }
        if (digits <= 2 && scan.peek(digits) == ':' && scan.digitAhead(digits + 1)) {
            if (time >= 0) {
                return false;
            }
            time = calendar.timeOfDay(scan);
            return time >= 0 && !scan.digitAhead(0);
        }
        return number(scan, digits);
    }

    private boolean number(Scan scan, int digits) {
        if (digits == 4 && year < 0 && !Scan.isLetter(scan.peek(4))) {
            year = scan.number(4);
            return true;
        }
        if (digits > 2 || time >= 0) {
            return false;
        }
        if (day == 0) {
            day = scan.number(digits);
            return true;
        }
        if (digits == 2 && year < 0 && month > 0 && scan.text[scan.at - 1] == '-') { // RFC 850
            int short2 = scan.number(2);
            year = short2 + (short2 < PIVOT ? 2000 : 1900);
            return true;
        }
        return false;
    }

    private boolean word(Scan scan, int letters) {
        if (month == 0) {
            int named = Calendar.month(scan, letters);
            if (named > 0) {
                month = named;
                scan.at += letters;
                return true;
            }
        }
        if (month == 0 && time < 0 && Calendar.isWeekday(scan, letters)) {
            scan.at += letters;
            return true;
        }
        return !yearless && time >= 0 && !hasZone && zone(scan); // after syslog's time comes a host
    }

    private boolean zone(Scan scan) {
        int from = scan.at;
        calendar.zones().read(scan);
        hasZone = scan.at > from;
        return hasZone;
    }

    private static boolean comment(Scan scan) {
        for (int i = scan.at; i < scan.end; i++) {
            if (scan.text[i] == ')') {
                scan.at = i + 1;
                return true;
            }
        }
        return false;
    }

    /** Keeps a time without its year, in the order of the file: from December to January the year turns. */
    private boolean keep(Scan scan) {
        if (lastMonth > 0) {
            turns += lastMonth - month > 6 ? 1 : month - lastMonth > 6 ? -1 : 0;
        }
        lastMonth = month;
        if (!Calendar.isDate(REFERENCE_YEAR, month, day)) {
            return false;
        }
        scan.nanos = Calendar.epochDay(REFERENCE_YEAR + REFERENCE_STEP * turns, month, day) * Calendar.DAY + time;
        return true;
    }

    @Override
    public String settle(long[] moments, int count) {
        if (!yearless || count == 0) {
            return "";
        }
        long asOfNanos = asOf.getEpochSecond() * Calendar.SECOND + AHEAD;
        int latest = asOf.atOffset(ZoneOffset.UTC).getYear() + 1;
        for (int back = 0; givenYear.isEmpty() && back < YEARS_BACK; back++) {
            long[] dated = dated(moments, count, latest - back);
            if (dated.length == count && java.util.Arrays.stream(dated).max().orElseThrow() <= asOfNanos) {
                System.arraycopy(dated, 0, moments, 0, count);
                return words(
                        latest - back,
                        "the latest in which none is later than "
                                + asOf.toString().substring(0, 10));
            }
        }
        if (givenYear.isPresent()) {
            long[] dated = dated(moments, count, givenYear.getAsInt());
            if (dated.length == count) {
                System.arraycopy(dated, 0, moments, 0, count);
                return words(givenYear.getAsInt(), "as --trace-year says");
            }
        }
        throw new TraceDoubt("the times name no year, and a 29 February is not of %s; --trace-year says the first one's"
                .formatted(givenYear.isPresent() ? String.valueOf(givenYear.getAsInt()) : "the last years"));
    }

    private String words(int first, String how) {
        int last = first + turns;
        return last == first
                ? "of %d (%s)".formatted(first, how)
                : "of %d to %d (%s)".formatted(Math.min(first, last), Math.max(first, last), how);
    }

    /** The moments with the first one in this year; fewer when a date does not exist. */
    private long[] dated(long[] moments, int count, int firstYear) {
        long[] dated = new long[count];
        for (int i = 0; i < count; i++) {
            LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(moments[i], Calendar.DAY));
            int ownYear = firstYear + Math.floorDiv(date.getYear() - REFERENCE_YEAR, REFERENCE_STEP);
            if (!Calendar.isDate(ownYear, date.getMonthValue(), date.getDayOfMonth())) {
                return new long[0];
            }
            dated[i] = calendar.zones()
                    .inGiven(Calendar.epochDay(ownYear, date.getMonthValue(), date.getDayOfMonth()) * Calendar.DAY
                            + Math.floorMod(moments[i], Calendar.DAY));
        }
        return dated;
    }
}
