package dev.pushpull.trace;

import java.time.ZoneId;
import java.util.Optional;

/** Dates, times of day and zones: the parts that the written forms of time have in common. */
final class Calendar {
    static final long SECOND = 1_000_000_000L;
    static final long DAY = 86_400 * SECOND;

    /** Beyond these years 64 bits of nanoseconds do not reach. */
    private static final int FIRST_YEAR = 1678;

    private static final int LAST_YEAR = 2261;
    private static final int NANO_DIGITS = 9;
    private static final int DAY_SECONDS = 86_400;
    private static final String[] MONTHS = {
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
    };
    private static final int[] MONTH_DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final Zones zones;

    /** Whether the time of day that was read last has a second 60. */
    private boolean leaps;

    /** @param given the zone of times that name none; else they are UTC */
    Calendar(Optional<ZoneId> given) {
        zones = new Zones(given);
    }

    static boolean isDate(int year, int month, int day) {
        return year >= FIRST_YEAR
                && year <= LAST_YEAR
                && month >= 1
                && month <= MONTH_DAYS.length
                && day >= 1
                && day <= MONTH_DAYS[month - 1]
                && (month != 2 || day < 29 || isLeap(year));
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Days since 1970-01-01 of a date of the Gregorian calendar, counted in years that begin in March. */
    static long epochDay(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int monthFromMarch = (month + 9) % 12;
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
        return 365L * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468;
    }

    /** A month by its English name or its first three letters, at the scan's place; 0 when it is none. */
    static int month(Scan scan, int letters) {
        for (int i = 0; letters >= 3 && i < MONTHS.length; i++) {
            if (begins(scan, MONTHS[i])) {
                return i + 1;
            }
        }
        return 0;
    }

    private static boolean begins(Scan scan, String three) {
        return (scan.text[scan.at] | 0x20) == three.charAt(0)
                && (scan.text[scan.at + 1] | 0x20) == three.charAt(1)
                && (scan.text[scan.at + 2] | 0x20) == three.charAt(2);
    }

    /** Whether the letters here name a day of the week. */
    static boolean isWeekday(Scan scan, int letters) {
        return letters >= 3
                && (begins(scan, "mon")
                        || begins(scan, "tue")
                        || begins(scan, "wed")
                        || begins(scan, "thu")
                        || begins(scan, "fri")
                        || begins(scan, "sat")
                        || begins(scan, "sun"));
    }

    /**
     * Reads a time of day, such as 10:20, 10:20:30.5, 102030 or 10:20:30 PM.
     *
     * @return nanoseconds since midnight, or -1 when there is none here
     */
    long timeOfDay(Scan scan) {
        leaps = false;
        int first = scan.digits(6);
        boolean basic = first == 4 || first == 6;
        if (!basic && (first == 0 || first > 2 || scan.peek(first) != ':')) {
            return -1;
        }
        int hour = scan.number(basic ? 2 : first);
        if (!basic) {
            scan.at++;
            if (scan.digits(2) != 2) {
                return -1;
            }
        }
        int minute = scan.number(2);
        int second = 0;
        long fraction = 0;
        boolean hasSeconds = basic ? first == 6 : scan.peek() == ':' && scan.digitAhead(1) && scan.digitAhead(2);
        if (hasSeconds) {
            scan.at += basic ? 0 : 1;
            second = scan.number(2);
            if (scan.digitAhead(0)) {
                return -1;
            }
            fraction = fraction(scan);
        }
        hour = halfDay(scan, hour);
        leaps = second == 60;
        return hour < 0 || hour > 23 || minute > 59 || second > 60
                ? -1
                : (hour * 3600L + minute * 60L + second) * SECOND + fraction;
    }

    private static long fraction(Scan scan) {
        if (scan.peek() != '.' && scan.peek() != ',' || !scan.digitAhead(1)) {
            return 0;
        }
        scan.at++;
        long nanos = 0;
        int digits = 0;
        boolean up = false;
        for (; scan.digitAhead(0); digits++, scan.at++) {
            if (digits < NANO_DIGITS) {
                nanos = 10 * nanos + (scan.peek() - '0');
            } else if (digits == NANO_DIGITS) {
                up = scan.peek() >= '5';
            }
        }
        for (; digits < NANO_DIGITS; digits++) {
            nanos *= 10;
        }
        return up ? nanos + 1 : nanos;
    }

    /** Reads AM or PM where it stands; -1 when the hour goes with neither. */
    private static int halfDay(Scan scan, int hour) {
        int from = scan.at;
        scan.skipBlanks();
        int letters = scan.letters();
        boolean isMorning = scan.matches("am", letters);
        if (!isMorning && !scan.matches("pm", letters)) {
            scan.at = from;
            return hour;
        }
        scan.at += 2;
        return hour < 1 || hour > 12 ? -1 : hour % 12 + (isMorning ? 0 : 12);
    }

    Zones zones() {
        return zones;
    }

    /**
     * Makes the scan's moment from a date, a time of day and the zone that was read after it.
     *
     * @return whether there is such a moment
     */
    boolean moment(Scan scan, int year, int month, int day, long nanosOfDay) {
        if (!isDate(year, month, day)) {
            return false;
        }
        long local = epochDay(year, month, day) * DAY + nanosOfDay;
        scan.nanos = zones.moment(scan, local);
        return !leaps || Math.floorMod(Math.floorDiv(scan.nanos, SECOND), DAY_SECONDS) == 0;
    }

    /** The same of a date alone: its midnight. */
    boolean timeless(Scan scan, int year, int month, int day) {
        leaps = false;
        zones.forget();
        return moment(scan, year, month, day, 0);
    }
}
