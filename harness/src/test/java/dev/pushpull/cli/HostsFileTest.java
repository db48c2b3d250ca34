package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsFileTest {
    @TempDir
    private Path folder;

    private HostPlan read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("hosts.toml"), text.replace('|', '\n'));
        return HostsFile.read(file.toString());
    }

    @Test
    void aPartHasALauncherAndAnAddress() throws IOException {
        HostPlan plan = read("""
                [provider]
                host = "source"
                launcher = "ssh -o 'ConnectTimeout 5' h1"
                address = "10.0.0.1"
                bind = "0.0.0.0"
                java = "/opt/java/bin/java"

                [[poller]]
                address = "127.0.0.2"

                [[receiver]]
                launcher = "srun -w h2 -n1 --unbuffered"
                address = "h2"
                jar = "/opt/pushpull.jar"
                """);
        assertThat(plan.parts())
                .containsExactly(
                        new HostPart(
                                Role.PROVIDER,
                                "source",
                                List.of("ssh", "-o", "ConnectTimeout 5", "h1"),
                                "10.0.0.1",
                                "0.0.0.0",
                                "/opt/java/bin/java",
                                ""),
                        new HostPart(Role.POLLER, "127.0.0.2", List.of(), "127.0.0.2", "127.0.0.2", "java", ""),
                        new HostPart(
                                Role.RECEIVER,
                                "h2",
                                List.of("srun", "-w", "h2", "-n1", "--unbuffered"),
                                "h2",
                                "h2",
                                "java",
                                "/opt/pushpull.jar"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "[provider]|[[polller]] ! hosts.toml:2: unknown role 'polller'; did you mean 'poller'?",
                "[provider]|adress = '10.0.0.1'|[[poller]] ! hosts.toml:2: unknown key 'adress'; did you mean 'address'?",
                "[provider]|[[poller]]|host = 'a'|[[poller]]|host = 'a' ! hosts.toml:4: host: 'a' is a poller twice",
                "[provider]|[[poller]]|launcher = 'ssh h2' ! hosts.toml:2: address: it is missing",
                "[provider]|host = 'a'|[[poller]]|host = 'a'|launcher = 'ssh a'|address = 'a' "
                        + "! hosts.toml:3: host: 'a' has another launcher or address as a provider",
                "[provider]|launcher = \"ssh 'h2\"|address = 'h2' ! hosts.toml:2: launcher: \"ssh 'h2\" is not accepted",
                "[provider]|address = 'h2:80' ! hosts.toml:2: address",
                "[[poller]] ! it has 0 tables [provider]; accepted: one",
                "[provider] ! it has no consumers; accepted: tables [[poller]] and [[receiver]]",
                "[provider]|launcher = 7 ! hosts.toml:2: launcher",
                "provider = 7 ! hosts.toml:1: provider",
            })
    void whatIsWrongIsSaidWithFileLineAndKey(String text, String words) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(words.startsWith("hosts.toml:2: launcher: \"") ? "hosts.toml:2: launcher" : words)
                .message()
                .doesNotContain("\n");
    }
}
