package dev.pushpull.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The same instants come back from every form, in every encoding, packed in any way. */
class TraceFormsPropertyTest {
    /** Sixty times whose gaps grow: 0, 7, 28, 63 ... seconds after the start of a day. */
    private static final long[] SIXTY = LongStream.range(0, 60)
            .map(i -> (1_764_115_200L + 7 * i * i) * 1_000_000_000L)
            .toArray();

    /** How a time is written in whole seconds, by the name of the way. */
    private static Map<String, Function<Instant, String>> lines() {
        Map<String, Function<Instant, String>> ways = new LinkedHashMap<>();
        ways.put("seconds", time -> String.valueOf(time.getEpochSecond()));
        ways.put("milliseconds", time -> time.getEpochSecond() + "000");
        ways.put("microseconds", time -> time.getEpochSecond() + "000000");
        ways.put("nanoseconds", time -> time.getEpochSecond() + "000000000");
        ways.put("fractions", time -> time.getEpochSecond() + ".000");
        ways.put("scientific", time -> new BigDecimal(time.getEpochSecond()).movePointLeft(9) + "e9");
        ways.put("at", time -> "@" + time.getEpochSecond());
        ways.put("iso", Instant::toString);
        ways.put("iso+01", formatted("yyyy-MM-dd'T'HH:mm:ssXXX", ZoneOffset.ofHours(1)));
        ways.put("named UTC", formatted("yyyy-MM-dd HH:mm:ss 'UTC'", ZoneOffset.UTC));
        ways.put("brackets", time -> time.atZone(ZoneId.of("America/New_York")).toString());
        ways.put("basic", formatted("yyyyMMdd'T'HHmmssX", ZoneOffset.UTC));
        ways.put("compact", formatted("yyyyMMddHHmmss", ZoneOffset.UTC));
        ways.put("mail", formatted("EEE, dd MMM yyyy HH:mm:ss Z", ZoneOffset.ofHours(-5)));
        ways.put("http", formatted("EEE, dd MMM yyyy HH:mm:ss 'GMT'", ZoneOffset.UTC));
        ways.put("rfc850", formatted("EEEE, dd-MMM-yy HH:mm:ss 'GMT'", ZoneOffset.UTC));
        ways.put("asctime", formatted("EEE MMM ppd HH:mm:ss yyyy", ZoneOffset.UTC));
        ways.put("git", formatted("EEE MMM d HH:mm:ss yyyy Z", ZoneOffset.ofHours(2)));
        ways.put(
                "access",
                formatted("'192.0.2.7 - - ['dd/MMM/yyyy:HH:mm:ss Z'] \"GET / HTTP/1.1\" 200 17'", ZoneOffset.UTC));
        ways.put("journal", formatted("yyyy-MM-dd'T'HH:mm:ssZ 'host app[7]: sent'", ZoneOffset.UTC));
        ways.put("german", formatted("dd.MM.yyyy HH:mm:ss", ZoneOffset.UTC));
        return ways;
    }

    private static Function<Instant, String> formatted(String pattern, ZoneId zone) {
        DateTimeFormatter format =
                DateTimeFormatter.ofPattern(pattern, Locale.US).withZone(zone);
        return format::format;
    }

    /** Whole files of the given times. */
    private static Map<String, Function<List<Instant>, String>> files() {
        Map<String, Function<List<Instant>, String>> files = new LinkedHashMap<>();
        lines().forEach((name, line) ->
                files.put(name, times -> times.stream().map(line).collect(Collectors.joining("\n", "", "\n"))));
        files.put(
                "csv",
                times ->
                        numbered(times, (i, time) -> i + "," + time + ",\"a, b\"", "id,created_at,note\n", "\n", "\n"));
        files.put("tsv", times -> numbered(times, (i, time) -> "x\t" + time, "id\tat\n", "\n", ""));
        files.put(
                "ndjson",
                times -> numbered(times, (i, time) -> "{\"id\":\"" + i + "\",\"at\":\"" + time + "\"}", "", "\n", ""));
        files.put(
                "list",
                times -> numbered(
                        times,
                        (i, time) -> "{\"id\":\"e" + i + "\",\"created\":" + time.getEpochSecond() + "}",
                        "{\"data\":[",
                        ",",
                        "]}"));
        return files;
    }

    private interface Numbered {
        String text(int number, Instant time);
    }

    private static String numbered(List<Instant> times, Numbered each, String before, String between, String after) {
        return IntStream.range(0, times.size())
                .mapToObj(i -> each.text(i, times.get(i)))
                .collect(Collectors.joining(between, before, after));
    }

    static Stream<String> everyFile() {
        return files().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("everyFile")
    void sixtyTimesAreTheSameInEveryEncodingAndPacking(String name) throws IOException {
        String text = files().get(name).apply(instants(SIXTY));
        for (String mark : List.of("", "\uFEFF")) {
            for (Charset encoding :
                    List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                for (String end : List.of("\n", "\r\n")) {
                    byte[] plain = (mark + text.replace("\n", end)).getBytes(encoding);
                    for (byte[] bytes : List.of(plain, gzip(plain), zstd(plain))) {
                        assertThat(Read.bytes(bytes, TraceSettings.NONE).epochNanos())
                                .as("%s, %s%s", name, encoding, mark.isEmpty() ? "" : " with a mark")
                                .containsExactly(SIXTY);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("everyFile")
    void whatIsWrittenIsReadBack(String name) {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        for (int round = 0; round < 20; round++) {
            // within 2001 to 2030: two digits of a year tell the century, and ten digits a second
            long[] times = random.longs(1 + random.nextInt(40), 1_000_000_000L, 1_900_000_000L)
                    .map(second -> second * 1_000_000_000L)
                    .toArray();
            long[] sorted = times.clone();
            Arrays.sort(sorted);
            String text = files().get(name).apply(instants(times));
            assertThat(Read.text(text).epochNanos()).as(text).containsExactly(sorted);
        }
    }

    @Test
    void nanosecondsAreReadBackFromIsoAndNumbers() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            long nanos = random.nextLong(1_000_000_000_000_000_000L, 1_900_000_000_000_000_000L);
            Instant time = Read.instant(nanos);
            assertThat(Read.text(time.toString()).epochNanos()).containsExactly(nanos);
            assertThat(Read.text(String.valueOf(nanos)).epochNanos()).containsExactly(nanos);
            assertThat(Read.text(BigDecimal.valueOf(nanos, 9).toPlainString()).epochNanos())
                    .containsExactly(nanos);
            assertThat(Read.text(BigDecimal.valueOf(nanos, 6).toPlainString()).epochNanos())
                    .containsExactly(nanos);
            assertThat(Read.text(BigDecimal.valueOf(nanos, 18) + "e9").epochNanos())
                    .containsExactly(nanos);
        }
    }

    @Test
    void daysAndDatesAgreeWithTheCalendarOfJava() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 2_000; round++) {
            LocalDateTime time = LocalDateTime.of(1700, 1, 1, 0, 0).plusSeconds(random.nextLong(560L * 31_556_952));
            assertThat(Calendar.isDate(time.getYear(), time.getMonthValue(), time.getDayOfMonth()))
                    .isTrue();
            assertThat(Calendar.epochDay(time.getYear(), time.getMonthValue(), time.getDayOfMonth()))
                    .isEqualTo(time.toLocalDate().toEpochDay());
        }
    }

    /** Files as they are, with texts written anew. */
    @ParameterizedTest
    @CsvSource({
        "access-combined.log, 6",
        "audit.json, 3",
        "export-semicolon.csv, 3",
        "gharchive.ndjson, 3",
        "git-log.txt, 3",
        "journal.txt, 3",
        "stripe-list.json, 3",
        "syslog.txt, 3",
    })
    void filesOfPeopleAreReadAsTheyAre(String name, int times) throws IOException {
        try (InputStream in = TraceFormsPropertyTest.class.getResourceAsStream(name)) {
            TraceTimes read = TraceReader.read(in, name, Read.AS_OF, TraceSettings.NONE);
            assertThat(read.epochNanos()).hasSize(times);
            assertThat(Read.instant(read.epochNanos()[0])).isEqualTo(Instant.parse("2025-11-26T00:00:00Z"));
            assertThat(Read.instant(read.epochNanos()[times - 1])).isEqualTo(Instant.parse("2025-11-26T00:00:28Z"));
        }
    }

    private static List<Instant> instants(long[] times) {
        return LongStream.of(times).mapToObj(Read::instant).toList();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] zstd(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
