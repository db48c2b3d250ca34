package dev.pushpull.trace;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
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

    private final Optional<ZoneId> given;
    private String lastName = "";
    private ZoneId lastZone = ZoneOffset.UTC;

    /** Whether the time of day that was read last has a second 60. */
    private boolean leaps;

    /** The zone's rules for the moment that is being read; null when it is an offset or missing. */
    private ZoneId region;

    /** @param given the zone of times that name none; else they are UTC */
    Calendar(Optional<ZoneId> given) {
        this.given = given;
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

    /** Reads a zone where one stands: Z, UTC, +0100, GMT+01:00, EST, [Europe/Berlin]. */
    void zone(Scan scan) {
        region = null;
        int from = scan.at;
        scan.skipBlanks();
        int letters = scan.letters();
        char next = scan.peek();
        if (next == '+' || next == '-' || next == '\u2212') {
            if (!offset(scan)) {
                scan.at = from;
            }
        } else if (letters == 0 || scan.digitAhead(letters) || !abbreviation(scan, letters)) {
            scan.at = from;
        }
        bracket(scan);
    }

    /** Forgets the zone of the moment before. */
    void noZone() {
        region = null;
    }

    private static boolean offset(Scan scan) {
        int sign = scan.peek() == '+' ? 1 : -1;
        scan.at++;
        int digits = scan.digits(4);
        if (digits != 2 && digits != 4) {
            return false;
        }
        int hours = scan.number(2);
        int minutes = 0;
        if (digits == 4) {
            minutes = scan.number(2);
        } else if (scan.peek() == ':' && scan.digitAhead(1) && scan.digitAhead(2)) {
            scan.at++;
            minutes = scan.number(2);
        }
        if (hours > 18 || minutes > 59) {
            return false;
        }
        scan.zoned = true;
        scan.offsetSeconds = sign * (hours * 3600 + minutes * 60);
        return true;
    }

    private boolean abbreviation(Scan scan, int letters) {
        if (scan.matches("z", letters) || scan.matches("ut", letters)) {
            scan.at += letters;
            scan.zoned = true;
            return true;
        }
        if (scan.matches("utc", letters) || scan.matches("gmt", letters)) {
            scan.at += letters;
            scan.zoned = true;
            int after = scan.at;
            if ((scan.peek() == '+' || scan.peek() == '-') && !offset(scan)) {
                scan.at = after;
            }
            return true;
        }
        int hours = american(scan, letters);
        if (hours < 0) {
            scan.zoned = true;
            scan.offsetSeconds = hours * 3600;
            scan.at += letters;
            return true;
        }
        boolean isCapital = letters >= 3 && letters <= 5;
        for (int i = 0; isCapital && i < letters; i++) {
            isCapital = scan.peek(i) <= 'Z';
        }
        if (isCapital && given.isPresent()) { // what else it may mean was settled by the flag
            scan.at += letters;
            return true;
        }
        return false;
    }

    /** The zones that RFC 2822 section 4.3 gives a meaning; 0 for others. */
    private static int american(Scan scan, int letters) {
        if (letters != 3 || (scan.peek(2) | 0x20) != 't') {
            return 0;
        }
        int standard = "ecmp".indexOf(scan.peek() | 0x20);
        int kind = "sd".indexOf(scan.peek(1) | 0x20);
        return standard < 0 || kind < 0 ? 0 : kind - standard - 5;
    }

    /** A zone's name in brackets, as Java and RFC 9557 write it; where an offset stands before it, that one counts. */
    private void bracket(Scan scan) {
        while (scan.peek() == '[') {
            int close = scan.at + 1;
            while (close < scan.end && scan.text[close] != ']') {
                close++;
            }
            String name = new String(scan.text, scan.at + 1, Math.max(0, close - scan.at - 1));
            boolean isTag = name.contains("=");
            Optional<ZoneId> named = isTag ? Optional.empty() : zone(name.startsWith("!") ? name.substring(1) : name);
            if (close >= scan.end || !isTag && named.isEmpty()) {
                return;
            }
            scan.at = close + 1;
            if (named.isPresent() && !scan.zoned) {
                region = named.get();
                scan.zoned = true;
            }
        }
    }

    private Optional<ZoneId> zone(String name) {
        if (name.equals(lastName)) {
            return Optional.of(lastZone);
        }
        try {
            ZoneId zone = ZoneId.of(name);
            lastName = name;
            lastZone = zone;
            return Optional.of(zone);
        } catch (DateTimeException e) { // the name of no zone
            return Optional.empty();
        }
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
        if (region == null && (scan.zoned || given.isEmpty())) {
            scan.nanos = local - scan.offsetSeconds * SECOND;
        } else {
            scan.nanos = inZone(local, region == null ? given.get() : region, scan);
        }
        return !leaps || Math.floorMod(Math.floorDiv(scan.nanos, SECOND), DAY_SECONDS) == 0;
    }

    /** The same of a date alone: its midnight. */
    boolean timeless(Scan scan, int year, int month, int day) {
        leaps = false;
        region = null;
        return moment(scan, year, month, day, 0);
    }

    private static long inZone(long local, ZoneId zone, Scan scan) {
        long seconds = Math.floorDiv(local, SECOND);
        LocalDateTime written = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        int offset = zone.getRules().getOffset(written).getTotalSeconds();
        scan.offsetSeconds = offset;
        return local - offset * SECOND;
    }

    /** The moment of a local time that names no zone. */
    long inGivenZone(long local) {
        return given.isEmpty() ? local : inZone(local, given.get(), new Scan());
    }
}
