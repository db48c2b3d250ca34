package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/image} in a copy of what it builds. */
@EnabledOnOs(OS.LINUX)
@Tag("live")
@Timeout(600)
class ImageScriptTest {
    @TempDir
    private Path directory;

    private Path project;
    private String said;

    private int image(String path, String... flags) throws Exception {
        project = Files.createDirectories(directory.resolve("project"));
        shell("cp -r ../pom.xml ../scripts " + project + " && mkdir -p " + project + "/harness/src " + project
                + "/benchmarks && cp pom.xml " + project + "/harness && cp -r src/main " + project
                + "/harness/src && cp ../benchmarks/pom.xml " + project + "/benchmarks");
        return shell("PATH=" + path + "$PATH " + project + "/scripts/image " + String.join(" ", flags));
    }

    private int shell(String command) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .start();
        said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    /** A Maven that fails and says this. */
    private String failing(String words) throws IOException {
        Path maven = directory.resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\necho '[ERROR] " + words + "'\nexit 1\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        return directory + ":";
    }

    @Test
    void withoutARegistryOneLineSaysWhatToDo() throws Exception {
        String maven = failing(
                "Failed to execute goal com.google.cloud.tools:jib-maven-plugin:3.4.6:buildTar (image) on project"
                        + " pushpull-harness: no.example: Name or service not known -> [Help 1]");
        assertThat(image(maven)).isEqualTo(1);
        assertThat(said)
                .isEqualTo("image: no image was made: no.example: Name or service not known;"
                        + " where no registry can be reached, take --local or --base\n");
    }

    @Test
    void whatElseMavenSaysIsShown() throws Exception {
        assertThat(image(failing("no space left"))).isEqualTo(1);
        assertThat(said).startsWith("[ERROR] no space left\nimage: no image was made;");
    }

    /** Needs a Maven that can have Jib. */
    @Test
    @Tag("slow")
    void jibMakesATarOfABaseFromThisMachine() throws Exception {
        assertThat(image("", "--local")).as(said).isZero();
        assertThat(shell("tar -xOf " + project + "/target/image/*.tar manifest.json"))
                .isZero();
        assertThat(said).contains("\"pushpull:", "\"Layers\"");
    }
}
