package dev.pushpull.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.hosts.HostPart.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A host that does not see this one's files: a mount namespace, in which an empty folder hides them. */
@Tag("live")
@Timeout(60)
class ProgramThereTest {
    @TempDir
    private Path folder;

    private Path jar;
    private Path cache;

    @BeforeEach
    void write() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        jar = Files.write(Files.createDirectory(folder.resolve("here")).resolve("program.jar"), bytes);
        cache = folder.resolve("cache");
    }

    private String classPath(boolean hidden) throws IOException {
        Path hide =
                Files.writeString(folder.resolve("hide.sh"), "mount -t tmpfs none \"$1\" && shift && exec \"$@\"\n");
        List<String> launcher = new ArrayList<>(List.of("env", "XDG_CACHE_HOME=" + cache));
        if (hidden) {
            launcher.addAll(List.of(
                    "unshare", "-m", "sh", hide.toString(), jar.getParent().toString()));
        }
        HostPart part = new HostPart(Role.POLLER, "h2", launcher, "h2", "h2", "java", "");
        RemoteShell shell = new RemoteShell(part);
        try {
            return ProgramThere.classPath(shell, part, jar);
        } finally {
            shell.end(10_000);
        }
    }

    @Test
    void aHostThatSeesTheSameFileGetsNothing() throws IOException {
        assertThat(classPath(false)).isEqualTo("'" + jar + "'");
        assertThat(cache).doesNotExist();
    }

    @Test
    void aHostThatLacksItGetsItOnce() throws Exception {
        Process allowed = new ProcessBuilder("unshare", "-m", "true").start();
        Assumptions.assumeTrue(
                allowed.waitFor(10, TimeUnit.SECONDS) && allowed.exitValue() == 0,
                "mount namespaces need root on Linux");
        String there = classPath(true);
        Path copied = Path.of(there.substring(1, there.length() - 1));
        assertThat(copied).hasSameBinaryContentAs(jar).hasParent(cache.resolve("pushpull"));
        assertThat(copied.getFileName()).hasToString(ThisProgram.sha256(jar) + ".jar");
        Object first = Files.getLastModifiedTime(copied);
        assertThat(classPath(true)).isEqualTo(there);
        assertThat(Files.getLastModifiedTime(copied))
                .as("it was not copied again")
                .isEqualTo(first);
        Files.writeString(copied, "damaged");
        assertThat(classPath(true)).isEqualTo(there);
        assertThat(copied).hasSameBinaryContentAs(jar);
    }
}
