package dev.pushpull.systems;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of plain names in pages that links lead to, several events an upload, and an import that is not pushed. */
@Tag("slow")
class ObservedRegistryTest {
    private static final int REPOSITORIES = 20;

    @TempDir
    private Path directory;

    @Test
    void everyRepositoryIsPairedButTheImportedOne() throws Exception {
        int port = InstalledSystem.freePort();
        try (ContainerRegistry registry =
                ContainerRegistry.started(directory, "http://127.0.0.1:" + port + "/hook", "of-tests")) {
            registry.imports("apart/imported-before");
            try (Observing observing = Observing.started(directory, port, "of-tests", flags(registry))) {
                for (int i = 1; i <= REPOSITORIES; i++) {
                    registry.takesImage("team-%d/service-%d".formatted(i % 3, i), "v1");
                }
                registry.takesImage("team-1/service-1", "v2");
                registry.imports("apart/imported");
                Observing.Found found = observing.ended();
                System.out.println(found.quoted("container registry", registry.repositories()));

                assertThat(found.of("backlog")).isEqualTo(1);
                assertThat(found.pairs()).as(found.said()).hasSize((int) registry.repositories());
                assertThat(found.of("both")).isEqualTo(REPOSITORIES);
                assertThat(found.ids("poll only")).containsExactly("apart/imported");
                assertThat(found.duplicates()).as("the second image").isEqualTo(1);
            }
        }
    }

    private static List<String> flags(ContainerRegistry registry) {
        return List.of(
                "--poll",
                registry.catalogue() + "?n=4",
                "--items",
                "/repositories",
                "--id",
                "",
                "--follow",
                "link",
                "--scheme",
                "bearer",
                "--push-items",
                "/events",
                "--push-id",
                "/target/repository",
                "--push-where",
                "/action=push",
                "--push-where",
                "/target/mediaType=application/vnd.docker.distribution.manifest.v2+json",
                "--push-time",
                "/timestamp");
    }
}
