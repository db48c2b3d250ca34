package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
    private static final List<String> SIGN = List.of("sign", "--scheme", "github", "--payload", "-");

    @TempDir
    private Path directory;

    private static Said sign(String... more) {
        return Said.by(
                "{}",
                java.util.stream.Stream.concat(SIGN.stream(), List.of(more).stream())
                        .toList());
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("secret"), content).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "s3cret\n", "s3cret\r\n", "s3cret\nanother line\n"})
    void theFirstLineWithoutItsEndIsTheSecret(String content) throws IOException {
        Said said = sign("--secret-file", file(content));
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.output().lines().filter(line -> line.startsWith("X-Hub")))
                .isEqualTo(sign("--secret", "s3cret")
                        .output()
                        .lines()
                        .filter(line -> line.startsWith("X-Hub"))
                        .toList())
                .hasSize(1);
    }

    @Test
    void theVerifierTakesItToo() throws IOException {
        String signature = sign("--secret", "s3cret")
                .output()
                .lines()
                .filter(line -> line.startsWith("X-Hub"))
                .findFirst()
                .orElseThrow();
        Said said = Said.by(
                "{}",
                List.of(
                        "verify",
                        "--scheme",
                        "github",
                        "--secret-file",
                        file("s3cret\n"),
                        "--payload",
                        "-",
                        "--header",
                        signature));
        assertThat(said.output()).as(said.errors()).isEqualTo("genuine\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  \ns3cret\n"})
    void anEmptyFirstLineIsNoSecret(String content) throws IOException {
        refused(sign("--secret-file", file(content)), "--secret-file: '", "not one that is empty");
    }

    @Test
    void aFileThatIsMissingOrNoneOrTooLongIsRefused() throws IOException {
        refused(sign("--secret-file", directory + "/nowhere"), "--secret-file: '", "a file that can be read (");
        refused(sign("--secret-file", directory.toString()), "--secret-file: '", "a file that can be read (");
        refused(sign("--secret-file", "a\0b"), "--secret-file: '", "a file that can be read (");
        refused(sign("--secret-file", file("s".repeat(5_000))), "--secret-file: '", "at most 4,096 characters");
    }

    @Test
    void oneOfTheTwoIsNeededAndNotBoth() throws IOException {
        refused(sign(), "--secret: it is missing", "--secret-file");
        refused(sign("--secret", "s", "--secret-file", file("s3cret")), "not accepted with --secret", "");
    }

    @Test
    void whatItContainsIsAsSecretAsTheFlag() throws IOException {
        Said said = Said.by("", List.of("receive", "--scheme", "basic", "--secret-file", file("nocolon-s3cret\n")));
        refused(said, "--secret: it is not accepted for basic; accepted: USER:PASSWORD", "");
        assertThat(said.errors()).doesNotContain("s3cret");
    }

    private static void refused(Said said, String start, String more) {
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors().lines().findFirst().orElse("")).contains(start).contains(more);
    }
}
