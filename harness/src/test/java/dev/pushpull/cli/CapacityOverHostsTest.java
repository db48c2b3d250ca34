package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.capacity.CapacityResults;
import dev.pushpull.scenario.CapacityRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Capacity over hosts, which here are addresses of this one. How much they carry depends on the machine. */
@Timeout(300)
@Tag("live")
class CapacityOverHostsTest {
    private static final String HOSTS = """
            [provider]
            [[poller]]
            address = '127.0.1.1'
            [[poller]]
            address = '127.0.1.2'
            launcher = "sh -c 'exec sh'"
            [[receiver]]
            address = '127.0.2.1'
            [[receiver]]
            address = '127.0.2.2'
            """;

    @TempDir
    private Path directory;

    private Said over(String hosts, String... flags) throws IOException {
        String file = Files.writeString(directory.resolve("hosts.toml"), hosts).toString();
        List<String> arguments = new ArrayList<>(
                List.of("capacity", "--hosts", file, "--out", results().toString()));
        arguments.addAll(List.of(flags));
        return Said.by("", arguments);
    }

    private Path results() {
        return directory.resolve("results");
    }

    @Test
    @Tag("slow")
    void bothSidesCountTheSameInSumWhoeverSends() throws IOException {
        Said said = over(HOSTS, "--path", "poll-304,webhook-signed", "--quick", "--step", "200ms", "--slo", "p50<2s");
        CapacityRecord run = CapacityResults.read(results());
        assertThat(run.invalid()).as(said.errors()).isEmpty();
        assertThat(run.findings()).extracting(finding -> finding.path()).containsExactly("poll-304", "webhook-signed");
        assertThat(run.findings())
                .allSatisfy(finding -> assertThat(finding.steps())
                        .isNotEmpty()
                        .allSatisfy(step -> assertThat(step.circumstances().stalledSeconds())
                                .as("nobody listens")
                                .isEmpty()));
        assertThat(run.means().meter()).contains("2 pollers (127.0.1.1, 127.0.1.2)");
        assertThat(said.output()).contains("over hosts: 1 provider", "no stall deducted");
        assertThat(ProcessHandle.allProcesses().filter(CapacityOverHostsTest::isPart))
                .isEmpty();
    }

    private static boolean isPart(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("HostLoadProgram");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
        [provider]|[[poller]]   ! --path long-poll ! --path: long-poll is not accepted with --hosts: from its event
        [provider]|[[receiver]] ! --path webhook-saved ! --path: webhook-saved is not accepted with --hosts: an inbox
        [provider]|[[poller]]   ! --path webhook-signed ! has no table [[receiver]]
        [provider]|[[receiver]] ! --path poll-empty ! has no table [[poller]]
        [provider]|[[poller]]   ! --nominal 5000/s ! --nominal: it is not accepted with --hosts
        [[poller]]              ! --quick ! it has 0 tables [provider]
        """)
    void whatHasNoMeaningOverHostsIsRefusedInOneLine(String hosts, String flags, String named) throws IOException {
        Said said = over(hosts.replace('|', '\n'), flags.split(" "));
        assertThat(said.errors()).startsWith("pushpull: ").contains(named).hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(results()).doesNotExist();
    }
}
