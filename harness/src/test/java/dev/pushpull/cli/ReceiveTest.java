package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.testing.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static String said(ProgramHere program) {
        return program.output() + program.errors();
    }

    private static URI address(Supplier<String> said) {
        eventually("it says where it listens", () -> ADDRESS.matcher(said.get()).find());
        Matcher matcher = ADDRESS.matcher(said.get());
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
            URI address = address(() -> said(receive));
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        basic  | me:s3cret           | Authorization: Basic bWU6czNjcmV0
        bearer | s3cret              | Authorization: Bearer s3cret
        header | X-My-Token: s3cret= | x-my-token: s3cret=
        """)
    void aSecretThatIsShownOpensTheDoorAndItsItemsAreListed(String scheme, String secret, String shown)
            throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), secret + "\n");
        try (ProgramHere receive = ProgramHere.start(
                "receive",
                "--port=0",
                "--scheme=" + scheme,
                "--secret-file=" + file,
                "--path=/a",
                "--path=/b",
                "--push-items=/alerts",
                "--push-id=/id",
                "--push-version=/state",
                "--push-where=/kind=x",
                "--inbox=memory",
                "--out=" + directory.resolve("received"))) {
            URI address = address(() -> said(receive));
            String body = "{\"alerts\":[{\"id\":7,\"state\":\"on\",\"kind\":\"x\"},{\"id\":8,\"kind\":\"y\"}]}";
            try (RawClient client = new RawClient(address)) {
                assertThat(client.post("/b", body, shown).status()).isEqualTo(200);
                assertThat(client.post("/b", body, shown).status()).isEqualTo(200);
                assertThat(client.post("/b", body, shown + "x").status()).isEqualTo(401);
                assertThat(client.post("/b", body).status()).isEqualTo(401);
                assertThat(client.post("/c", body, shown).status()).isEqualTo(404);
            }
            eventually("it is told", () -> said(receive).contains("1 item: 7 on"));
            receive.interrupt();
            assertThat(receive.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            List<String> items = Files.readAllLines(directory.resolve("received/items.csv"));
            assertThat(items.get(0))
                    .isEqualTo("id,version,received_s,received_at,source_at,repeated,delivery_id,endpoint");
            assertThat(items).hasSize(3);
            assertThat(items.get(1))
                    .startsWith("7,on,")
                    .contains(",,false,sha256:")
                    .endsWith(",1");
            assertThat(items.get(2))
                    .startsWith("7,on,")
                    .contains(",,true,sha256:")
                    .endsWith(",1");
            assertThat(said(receive)).doesNotContain("s3cret", "WARNING");
        }
    }

    @Test
    void aPortInUseIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Said receive = Said.by(
                    "",
                    List.of(
                            "receive",
                            "--port=" + taken.getLocalPort(),
                            "--scheme=github",
                            "--secret=s",
                            "--out=" + directory.resolve("received")));
            assertThat(receive.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat((receive.output() + receive.errors()).strip())
                    .contains(String.valueOf(taken.getLocalPort()))
                    .doesNotContain("\n");
            assertThat(directory.resolve("received/report.html")).doesNotExist();
        }
    }

    @Test
    void withoutASchemeItWarnsAloudAndBelievesEverybody() throws Exception {
        try (ProgramHere receive = ProgramHere.start(
                "receive", "--port=0", "--scheme=none", "--inbox=memory", "--out=" + directory.resolve("received"))) {
            URI address = address(() -> said(receive));
            assertThat(receive.errors()).contains("WARNING: --scheme none: NO SIGNATURE IS CHECKED");
            try (RawClient client = new RawClient(address)) {
                assertThat(client.post(address.getPath(), "anything").status()).isEqualTo(200);
            }
            eventually("it is told", () -> said(receive).contains("sha256:"));
        }
    }
}
