package dev.pushpull.cli;

import static dev.pushpull.cli.RawEndpoint.bytes;
import static dev.pushpull.cli.RawEndpoint.json;
import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs {@code poll} against foreign endpoints and reads the files that it writes. */
@Timeout(120)
@Tag("live")
abstract class ForeignEndpoints {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String NOTHING = json("{\"data\":[]}");

    @TempDir
    Path directory;

    Said poll(String url, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("poll", url, "--out", out().toString()));
        arguments.addAll(List.of(flags));
        return Said.by("", arguments);
    }

    /** Polls until this many answers have been handled, then ends it as Ctrl-C does, however slow the machine is. */
    Said pollAnswers(int answers, RawEndpoint endpoint, String url, Path folder, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("poll", url, "--out", folder.toString()));
        if (!List.of(flags).contains("--interval")) {
            arguments.addAll(List.of("--interval", "10ms"));
        }
        arguments.addAll(List.of(flags));
        CommandLine program = Main.commandLine();
        PollCommand command = program.getSubcommands().get("poll").getCommand();
        Thread watch = new Thread(() -> {
            try {
                eventually("it asks again", () -> endpoint.asked().size() > answers);
            } finally {
                command.interrupt();
            }
        });
        watch.setDaemon(true);
        watch.start();
        Said said = Said.by("", program, arguments);
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.INTERRUPTED);
        return said;
    }

    Said pollAnswers(int answers, RawEndpoint endpoint, String... flags) {
        return pollAnswers(answers, endpoint, endpoint.url(), out(), flags);
    }

    Path out() {
        return directory.resolve("out");
    }

    JsonNode run() throws IOException {
        return JSON.readTree(out().resolve("run.json").toFile());
    }

    long figure(String name) throws IOException {
        JsonNode figure = run().path("figures").path(name);
        assertThat(figure.isNumber()).as(name).isTrue();
        return figure.asLong();
    }

    double seconds(String name) throws IOException {
        return run().path("figures").path(name).asDouble(-1);
    }

    List<String> rows() throws IOException {
        List<String> lines = Files.readAllLines(out().resolve("items.csv"));
        return lines.subList(1, lines.size());
    }

    static RawEndpoint endlessPages() throws IOException {
        return new RawEndpoint((request, to) -> to.write(bytes(json(
                "{\"data\":[{\"id\":%d}],\"next_cursor\":\"c%1$d\",\"has_more\":true}".formatted(request.number())))));
    }
}
