package dev.pushpull.trace;

/**
 * Year, month and day in this order: ISO-8601 in its extended and its basic form, with a blank or an underscore for the
 * T, with slashes or points for the hyphens, after a weekday's name, and with a zone in any of its forms.
 */
final class IsoTimes implements TimeForm {
    private static final int FIRST_COMPACT_YEAR = 1970;
    private static final int LAST_COMPACT_YEAR = 2100;

    private final Calendar calendar;
    private final boolean onlyDates;

    /** @param onlyDates whether it reads dates without a time of day; otherwise it reads none of these */
    IsoTimes(Calendar calendar, boolean onlyDates) {
        this.calendar = calendar;
        this.onlyDates = onlyDates;
    }

    @Override
    public TraceForm kind() {
        return onlyDates ? TraceForm.DATE : TraceForm.ISO;
    }

    @Override
    public boolean read(Scan scan) {
        scan.begin();
        weekday(scan);
        int digits = scan.digits(14);
        if (digits == 4) {
            return extended(scan);
        }
        return (digits == 8 || digits == 14) && compact(scan, digits);
    }

    private static void weekday(Scan scan) {
        int letters = scan.letters();
        if (Calendar.isWeekday(scan, letters)) {
            scan.at += letters;
            scan.take(',');
            scan.skipBlanks();
        }
    }

    private boolean extended(Scan scan) {
        int year = scan.number(4);
        char sign = scan.peek();
        if (sign != '-' && sign != '/' && sign != '.') {
            return false;
        }
        scan.at++;
        int monthDigits = scan.digits(2);
        if (monthDigits != 2 && (monthDigits != 1 || sign == '-')) {
            return false;
        }
        int month = scan.number(monthDigits);
        if (!scan.take(sign)) {
            return false;
        }
        int dayDigits = scan.digits(2);
        if (dayDigits != 2 && (dayDigits != 1 || sign == '-')) {
            return false;
        }
        int day = scan.number(dayDigits);
        return timeAfter(scan, year, month, day);
    }

    /** 20251126, 20251126T000000Z and 20251126000000. */
    private boolean compact(Scan scan, int digits) {
        int year = scan.number(4);
        int month = scan.number(2);
        int day = scan.number(2);
        if (digits == 8 || onlyDates) {
            return (scan.peek() != '.' && scan.peek() != ',' || !scan.digitAhead(1))
                    && year >= FIRST_COMPACT_YEAR
                    && year <= LAST_COMPACT_YEAR
                    && timeAfter(scan, year, month, day);
        }
        long time = calendar.timeOfDay(scan);
        if (time < 0 || year < FIRST_COMPACT_YEAR || year > LAST_COMPACT_YEAR) {
            return false;
        }
        calendar.zones().read(scan);
        return calendar.moment(scan, year, month, day, time);
    }

    private boolean timeAfter(Scan scan, int year, int month, int day) {
        char between = scan.peek();
        boolean mayHaveTime = (between == 'T' || between == 't' || between == ' ' || between == '_')
                && scan.digitAhead(1)
                && (between != ' ' || hasColon(scan));
        if (onlyDates) {
            scan.dateOnly = true;
            return !mayHaveTime
                    && !Scan.isLetter(between)
                    && !Scan.isDigit(between)
                    && calendar.timeless(scan, year, month, day);
        }
        if (!mayHaveTime) {
            return false;
        }
        scan.at++;
        long time = calendar.timeOfDay(scan);
        if (time < 0) {
            return false;
        }
        calendar.zones().read(scan);
        return calendar.moment(scan, year, month, day, time);
    }

    /** A number after a date is only a time of day when it looks like one. */
    private static boolean hasColon(Scan scan) {
        return scan.peek(2) == ':' || scan.peek(3) == ':';
    }
}
