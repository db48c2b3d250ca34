package dev.pushpull.trace;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The zone that stands behind a time, in any of its forms, and what it does to the time. */
final class Zones {
    private static final long SECOND = Calendar.SECOND;

    /** Zones' abbreviations that are common and that no standard gives a meaning. */
    private static final List<String> OTHERS = List.of(
            "cet", "cest", "met", "mest", "eet", "eest", "wet", "west", "bst", "ist", "msk", "jst", "kst", "hkt", "sgt",
            "aest", "aedt", "acst", "acdt", "awst", "nzst", "nzdt", "brt", "art", "sast", "akst", "akdt", "hst");

    private final Optional<ZoneId> given;
    private String lastName = "";
    private ZoneId lastZone = ZoneOffset.UTC;

    /** The zone's rules for the moment that is being read; null when it is an offset or missing. */
    private ZoneId region;

    /** @param given the zone of times that name none; else they are UTC */
    Zones(Optional<ZoneId> given) {
        this.given = given;
    }

    /** Reads a zone where one stands: Z, UTC, +0100, GMT+01:00, EST, [Europe/Berlin]. */
    void read(Scan scan) {
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
    void forget() {
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
        if (given.isEmpty() && isAmbiguous(scan, letters)) {
            throw new TraceDoubt(
                    "the zone %s has no one meaning; --trace-zone says which zone it is, such as Europe/Berlin"
                            .formatted(new String(scan.text, scan.at, letters)));
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

    private static boolean isAmbiguous(Scan scan, int letters) {
        if (letters < 3 || letters > 4) {
            return false;
        }
        for (String name : OTHERS) {
            if (scan.matches(name, letters)) {
                return true;
            }
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

    /** Epoch nanoseconds of a local time, with the zone that was read behind it. */
    long moment(Scan scan, long local) {
        return region == null && (scan.zoned || given.isEmpty())
                ? local - scan.offsetSeconds * SECOND
                : inZone(local, region == null ? given.get() : region, scan);
    }

    /** The moment of a local time that names no zone. */
    long inGiven(long local) {
        return given.isEmpty() ? local : inZone(local, given.get(), new Scan());
    }

    private static long inZone(long local, ZoneId zone, Scan scan) {
        long seconds = Math.floorDiv(local, SECOND);
        LocalDateTime written = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
        int offset = zone.getRules().getOffset(written).getTotalSeconds();
        scan.offsetSeconds = offset;
        return local - offset * SECOND;
    }
}
