package dev.pushpull.host;

import dev.pushpull.host.Spans.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The times at which a JVM stopped all its own threads, for garbage collection or otherwise, read from its safepoint log.
 * They are in the clock that all processes of the host share.
 */
public final class SafepointLog {
    /** The line that JDK 17 to 25 write at the end of a safepoint. */
    private static final Pattern LINE = Pattern.compile("\\[(\\d+)ns\\] Safepoint \".*\".* Total: +(\\d+) ns.*");

    private final Path file;

    public SafepointLog(Path file) {
        this.file = file;
    }

    /** The JVM flag that writes the log. */
    public String flag() {
        return "-Xlog:safepoint=info:file=\"" + file + "\":tn:filecount=0";
    }

    /** All pauses so far; none if there is no log. */
    public Spans read() throws IOException {
        List<Span> spans = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                Matcher safepoint = LINE.matcher(line);
                if (safepoint.matches()) {
                    long end = Long.parseLong(safepoint.group(1));
                    spans.add(new Span(end - Long.parseLong(safepoint.group(2)), end));
                }
            }
        }
        return Spans.of(spans);
    }
}
