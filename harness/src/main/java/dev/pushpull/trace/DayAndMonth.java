package dev.pushpull.trace;

import java.util.Optional;

/**
 * Day, month and year in numbers: 26.11.2025, 26/11/2025 and 11/26/2025, 26-11-2025, with or without a time of day.
 * Points mean that the day is first; with the other signs a day above 12 somewhere in the file tells, or a flag.
 */
final class DayAndMonth implements TimeForm {
    private static final int MONTHS = 12;

    private final Calendar calendar;
    private final Optional<TraceDateOrder> given;
    private boolean dayIsFirst;
    private boolean monthIsFirst;

    DayAndMonth(Calendar calendar, Optional<TraceDateOrder> given) {
        this.calendar = calendar;
        this.given = given;
    }

    @Override
    public TraceForm kind() {
        return TraceForm.NUMERIC;
    }

    /** The moment is kept in local time, with the day first where that is a date; {@link #settle} puts it right. */
    @Override
    public boolean read(Scan scan) {
        scan.begin();
        int firstDigits = scan.digits(2);
        if (firstDigits < 1 || firstDigits > 2) {
            return false;
        }
        int first = scan.number(firstDigits);
        char sign = scan.peek();
        if (sign != '/' && sign != '.' && sign != '-') {
            return false;
        }
        scan.at++;
        int secondDigits = scan.digits(2);
        if (secondDigits < 1 || secondDigits > 2) {
            return false;
        }
        int second = scan.number(secondDigits);
        if (!scan.take(sign) || scan.digits(4) != 4) {
            return false;
        }
        int year = scan.number(4);
        boolean daySaid = first > MONTHS || sign == '.';
        boolean monthSaid = second > MONTHS;
        boolean swapped = !daySaid && monthSaid;
        int day = swapped ? second : first;
        int month = swapped ? first : second;
        if (!Calendar.isDate(year, month, day) || !time(scan)) {
            return false;
        }
        scan.nanos += Calendar.epochDay(year, month, day) * Calendar.DAY;
        dayIsFirst |= daySaid;
        monthIsFirst |= swapped;
        return true;
    }

    private boolean time(Scan scan) {
        scan.nanos = 0;
        int from = scan.at;
        boolean separated = scan.take(',');
        separated |= scan.take('T');
        int before = scan.at;
        scan.skipBlanks();
        separated |= scan.at > before;
        long time = separated ? calendar.timeOfDay(scan) : -1;
        if (time < 0) {
            scan.at = from;
            scan.dateOnly = true;
            return true;
        }
        scan.nanos = time;
        calendar.zones().read(scan);
        return scan.offsetSeconds == 0; // a date that may still be turned has no other zone
    }

    @Override
    public String settle(long[] moments, int count) {
        if (count == 0) {
            return "";
        }
        if (dayIsFirst && monthIsFirst) {
            throw new TraceDoubt("some dates have the day first and some the month, since each puts numbers above 12 on"
                    + " one side; give one kind, or --trace-form with another column");
        }
        if (given.isEmpty() && !dayIsFirst && !monthIsFirst) {
            throw new TraceDoubt("day and month can be swapped in all dates; --trace-date-order says which is first:"
                    + " dmy or mdy");
        }
        boolean wantsMonthFirst = given.isPresent() ? given.get() == TraceDateOrder.MDY : monthIsFirst;
        if (wantsMonthFirst ? dayIsFirst : monthIsFirst) {
            throw new TraceDoubt("--trace-date-order says %s, and a date has a month above 12 then; accepted: %s"
                    .formatted(wantsMonthFirst ? "mdy" : "dmy", wantsMonthFirst ? "dmy" : "mdy"));
        }
        for (int i = 0; i < count; i++) {
            moments[i] = calendar.zones().inGiven(wantsMonthFirst ? monthFirst(moments[i]) : moments[i]);
        }
        return wantsMonthFirst ? "month first" : "day first";
    }

    /** The same numbers with the month first. A day above 12 was read so already. */
    private static long monthFirst(long local) {
        java.time.LocalDate date = java.time.LocalDate.ofEpochDay(Math.floorDiv(local, Calendar.DAY));
        int day = date.getDayOfMonth();
        return day > MONTHS
                ? local
                : Calendar.epochDay(date.getYear(), day, date.getMonthValue()) * Calendar.DAY
                        + Math.floorMod(local, Calendar.DAY);
    }
}
