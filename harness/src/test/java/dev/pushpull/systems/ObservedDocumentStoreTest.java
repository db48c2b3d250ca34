package dev.pushpull.systems;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequence numbers as cursors, an answer that is held back, revisions, and changes that later ones hide. */
@Tag("slow")
class ObservedDocumentStoreTest {
    private static final int DOCUMENTS = 12;
    private static final int CHANGES_EACH = 3;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyChangeIsPairedOrHiddenByALaterOne(boolean heldBack) throws Exception {
        int port = InstalledSystem.freePort();
        try (DocumentStore store = DocumentStore.started(directory, "http://127.0.0.1:" + port + "/hook")) {
            store.creates("before-it-began");
            try (Observing observing = Observing.started(directory, port, "", flags(store, heldBack))) {
                for (int i = 1; i <= DOCUMENTS; i++) {
                    String id = "document-" + i;
                    String revision = store.creates(id);
                    for (int change = 1; change < CHANGES_EACH; change++) {
                        revision = store.changes(id, revision, change);
                    }
                }
                observing.sawPushes(DOCUMENTS * CHANGES_EACH);
                int last = heldBack ? 2 : 0; // each lets a poll that is held back end, and the next begin
                for (int i = 1; i <= last; i++) {
                    store.creates("last-" + i);
                    observing.sawPolled("last-" + i);
                }
                Observing.Found found = observing.ended();
                System.out.println(
                        found.quoted(heldBack ? "document store, long poll" : "document store", store.updates()));

                assertThat(found.of("backlog")).isEqualTo(1);
                assertThat(found.pairs()).as(found.said()).hasSize((int) store.updates());
                assertThat(found.of("both")).as("the last of each").isGreaterThanOrEqualTo(DOCUMENTS);
                assertThat(found.of("both") + found.of("push only")).isEqualTo(DOCUMENTS * CHANGES_EACH + last);
                assertThat(found.duplicates()).isZero();
            }
        }
    }

    private static List<String> flags(DocumentStore store, boolean heldBack) {
        List<String> flags = new ArrayList<>(List.of(
                "--items",
                "/results",
                "--id",
                "/id",
                "--version",
                "/changes/0/rev",
                "--cursor",
                "/last_seq",
                "--cursor-param",
                "since",
                "--scheme",
                "none",
                "--push-id",
                "/id",
                "--push-version",
                "/rev"));
        Stream<String> polls = heldBack
                ? Stream.of(
                        "--poll",
                        store.changes() + "?feed=longpoll",
                        "--wait",
                        "5s",
                        "--wait-param",
                        "timeout",
                        "--wait-unit",
                        "ms")
                : Stream.of("--poll", store.changes() + "?limit=5", "--follow", "cursor");
        polls.forEach(flags::add);
        return flags;
    }
}
