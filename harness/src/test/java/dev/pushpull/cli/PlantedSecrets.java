package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A mark given in place of a secret, which must not appear in any output or file. */
@Tag("live")
abstract class PlantedSecrets {
    static final String MARK = "Pl4ntedMark";

    /** Flags that make a command short; commands that measure for long are refused because of another flag. */
    static final Map<String, List<String>> SHORT = Map.ofEntries(
            Map.entry("compare", words("--duration 0s")),
            Map.entry("sweep", words("--duration 0s")),
            Map.entry("advise", words("--offers webhook")),
            Map.entry("claims", words("--only none")),
            Map.entry("capacity", words("--step 0s")),
            Map.entry("simulate", words("--interval 1s --rate 1/s --consumers 1 --horizon 1m --quiet")),
            Map.entry("serve", words("--port 0 --duration 100ms --rate 5/s")),
            Map.entry("receive", words("--port 0 --duration 100ms --inbox memory")),
            Map.entry("poll", words("--duration 100ms --interval 50ms")),
            Map.entry("drive", words("--connections 1 --warmup 0s --duration 50ms")));

    @TempDir
    Path directory;

    int runs;

    static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    Said run(List<String> arguments) {
        return Said.by("{}", arguments);
    }

    void assertNothingLeaks(List<String> arguments) throws IOException {
        assertNothingLeaks(arguments, run(arguments));
    }

    void assertNothingLeaks(List<String> arguments, Said said) throws IOException {
        assertThat(said.output() + said.errors()).as("%s", arguments).doesNotContain(MARK);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".toml"))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s of %s", file, arguments)
                        .doesNotContain(MARK);
            }
        }
    }

    String out() {
        return directory.resolve("out" + runs++).toString();
    }
}
