package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.experiment.claim.Claims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The claims command on real sockets, with one claim standing for all. */
@Tag("live")
class ClaimsCommandTest {
    private static final String HEADER = "claim,section,statement,metric,unit,polling,webhook,bound,verdict,evidence";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --only efort          | unknown claim 'efort'; did you mean 'effort'? accepted: effort, real-time, efficiency,
        --only effort,,timeouts | unknown claim ''
        --only effort,effort  | --only: 'effort,effort' is not accepted; accepted: each claim once
        --seed one            | --seed: 'one' is not accepted
        --quik                | unknown flag '--quik'; did you mean '--quick'?
        """)
    void badInputIsRefusedInOneLineBeforeAnythingRuns(String arguments, String named) {
        Path results = directory.resolve("results");
        Said said = run(results, arguments.split(" "));
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(results).doesNotExist();
    }

    @Test
    void aClaimEndsInFiguresEvidenceAndAVerdict() throws IOException {
        Path results = directory.resolve("results");
        Said said = run(results, "--quick", "--only", "signatures", "--json");
        assertThat(said.errors()).isEmpty();
        assertThat(said.exitCode()).isEqualTo(ExitCode.DONE);

        JsonNode json = new ObjectMapper().readTree(said.output());
        assertThat(json.path("schema_version").asInt()).isEqualTo(1);
        assertThat(json.path("command").asText()).isEqualTo("claims");
        JsonNode findings = new ObjectMapper()
                .readTree(results.resolve("run.json").toFile())
                .path("findings");
        assertThat(findings).hasSize(1);
        JsonNode finding = findings.get(0);
        assertThat(finding.path("verdict").asText())
                .as("a token vouches for no body; a busy machine may make verifying look dear")
                .isIn("HOLDS_WHEN", "INCONCLUSIVE");
        List<JsonNode> rows =
                StreamSupport.stream(json.path("rows").spliterator(), false).toList();
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row.path("claim").asText()).isEqualTo("signatures");
            assertThat(row.path("section").asText()).isEqualTo("5");
            assertThat(row.path("verdict").asText())
                    .isEqualTo(finding.path("verdict").asText());
            assertThat(row.path("bound").asText().isEmpty())
                    .isNotEqualTo(row.path("verdict").asText().equals("HOLDS_WHEN"));
            assertThat(row.path("evidence").asText()).startsWith("evidence/signatures.csv: ");
        });

        List<String> csv = Files.readAllLines(results.resolve("claims.csv"));
        assertThat(csv).hasSize(1 + rows.size());
        assertThat(csv.get(0)).startsWith(HEADER + ",");
        List<String> evidence = Files.readAllLines(results.resolve("evidence/signatures.csv"));
        assertThat(evidence).as("one row a scheme").hasSize(1 + 7);
        assertThat(evidence.subList(1, 8)).allSatisfy(line -> {
            List<String> row = List.of(line.split(","));
            assertThat(row.get(2)).as("genuine ones accepted").isEqualTo(row.get(1));
            assertThat(row.get(4))
                    .as("altered ones accepted: GitLab's is a token, no signature")
                    .isEqualTo(row.get(0).equals("gitlab") ? row.get(3) : "0");
        });
        assertThat(results.resolve("table.md")).content().contains("| Claim | Statement | Verdict | Why |");
        assertThat(results.resolve("report.html"))
                .content()
                .contains("Your server must verify this signature", "signatures.csv")
                .doesNotContain("{{");
    }

    @Test
    void helpAndDocsTellTheSameTimes() throws IOException {
        String help = Main.commandLine().getSubcommands().get("claims").getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(help.replaceAll("\\s+", " "))
                .contains("Take " + Claims.QUICK_TIME + " instead of " + Claims.FULL_TIME + ".");
        assertThat(Path.of("../docs/measuring.md"))
                .content()
                .contains("pushpull claims            # " + Claims.FULL_TIME + "; --quick: " + Claims.QUICK_TIME + ";");
    }

    private static Said run(Path results, String... arguments) {
        List<String> all = new ArrayList<>(List.of("claims"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--out", results.toString()));
        return Said.by("", all);
    }
}
