package dev.pushpull.systems;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list in numbered pages that shows entries as they are now, and a webhook for each change. */
@Tag("slow")
class ObservedContentServerTest {
    private static final int NOTES = 12;

    @TempDir
    private Path directory;

    @Test
    void everyVersionIsPairedOrGoneBeforeAPollCouldShowIt() throws Exception {
        int port = InstalledSystem.freePort();
        try (ContentServer server =
                ContentServer.started(directory, "http://127.0.0.1:" + port + "/hook", "of-tests")) {
            server.creates("before it began");
            try (Observing observing = Observing.started(directory, port, "of-tests", flags(server))) {
                for (int i = 1; i <= NOTES; i++) {
                    String id = server.creates("note " + i);
                    if (i % 2 == 0) {
                        server.changes(id, "note " + i + ", better");
                    }
                }
                Observing.Found found = observing.ended();
                System.out.println(found.quoted("content server", server.writes()));

                assertThat(found.of("backlog")).isEqualTo(1);
                assertThat(found.pairs()).as(found.said()).hasSize((int) server.writes());
                assertThat(found.of("both") + found.of("gone before polled")).isEqualTo(NOTES + NOTES / 2);
                assertThat(found.of("both")).as("the last version of each").isGreaterThanOrEqualTo(NOTES);
                assertThat(found.of("poll only") + found.of("push only")).isZero();
            }
        }
    }

    private static List<String> flags(ContentServer server) throws Exception {
        return List.of(
                "--poll",
                server.notes() + "?sort=createdAt&pagination[pageSize]=5",
                "--poll-header",
                "Authorization: " + server.authorization(),
                "--items",
                "/data",
                "--id",
                "/documentId",
                "--version",
                "/updatedAt",
                "--time",
                "/updatedAt",
                "--page-param",
                "pagination[page]",
                "--scheme",
                "bearer",
                "--push-id",
                "/entry/documentId",
                "--push-version",
                "/entry/updatedAt",
                "--push-time",
                "/entry/updatedAt",
                "--push-where",
                "/model=note");
    }
}
