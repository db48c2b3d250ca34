package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.testing.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver as a person starts it for a vendor. */
@Tag("live")
class ReceiveTest {
    private static final Pattern ADDRESS = Pattern.compile("Receiving at (http://\\S+)");

    @TempDir
    private Path directory;

    private static String said(Program program) {
        try {
            return program.output() + program.errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URI address(Program program) {
        eventually(
                "it says where it listens", () -> ADDRESS.matcher(said(program)).find());
        Matcher matcher = ADDRESS.matcher(said(program));
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }

    @Test
    void itStandsBehindAProxyTellsWhatItRefusesAndKeepsItsSecrets() throws Exception {
        try (Program receive = Program.start(
                directory,
                "receive",
                "--port",
                "0",
                "--scheme",
                "twilio",
                "--secret",
                "t0ken",
                "--path",
                "/sms",
                "--public-url",
                "https://me.example/in/",
                "--auth",
                "basic:me:s3cret",
                "--inbox",
                "memory",
                "--out",
                "received")) {
            URI address = address(receive);
            assertThat(address.getPath()).isEqualTo("/sms");
            String signature = Said.by(
                            "",
                            List.of(
                                    "sign",
                                    "--scheme",
                                    "twilio",
                                    "--secret",
                                    "t0ken",
                                    "--url",
                                    "https://me.example/in/sms?a=1",
                                    "--param",
                                    "From=alice"))
                    .output()
                    .lines()
                    .filter(line -> line.startsWith("X-Twilio-Signature"))
                    .findFirst()
                    .orElseThrow();
            String form = "Content-Type: application/x-www-form-urlencoded";
            String auth = "Authorization: Basic bWU6czNjcmV0";
            try (RawClient client = new RawClient(address)) {
                assertThat(client.post("/sms?a=1", "From=alice", form, signature, auth)
                                .status())
                        .isEqualTo(200);
                for (int i = 0; i < 50; i++) {
                    client.post("/sms?a=1", "From=alice", form, signature);
                }
                client.post("/sms?a=2", "From=alice", form, signature, auth);
            }
            eventually(
                    "refusals are shown as they come",
                    () -> said(receive).contains("refused: no valid credentials")
                            && said(receive).contains("refused: no signature matches"));
            receive.signal("TERM");
            assertThat(receive.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(receive.output().lines().filter(line -> line.contains("no valid credentials")))
                    .hasSizeBetween(1, 10);
            JsonNode run = new ObjectMapper()
                    .readTree(directory.resolve("received/run.json").toFile());
            assertThat(run.path("figures").path("delivered").asLong()).isEqualTo(1);
            assertThat(run.path("figures").path("refused_no_valid_credentials").asLong())
                    .isEqualTo(50);
            assertThat(run.path("figures").path("challenges").asLong(-1)).isZero();
            assertThat(said(receive)).doesNotContain("s3cret", "t0ken");
            try (Stream<Path> files = Files.list(directory.resolve("received"))) {
                for (Path file : files.toList()) {
                    assertThat(Files.readString(file)).as("%s", file).doesNotContain("s3cret", "t0ken");
                }
            }
        }
    }

    @Test
    void withoutASchemeItWarnsAloudAndBelievesEverybody() throws Exception {
        try (Program receive = Program.start(
                directory, "receive", "--port", "0", "--scheme", "none", "--inbox", "memory", "--out", "received")) {
            URI address = address(receive);
            assertThat(receive.errors()).contains("WARNING: --scheme none: NO SIGNATURE IS CHECKED");
            try (RawClient client = new RawClient(address)) {
                assertThat(client.post(address.getPath(), "anything").status()).isEqualTo(200);
            }
            eventually("it is told", () -> said(receive).contains("sha256:"));
        }
    }
}
