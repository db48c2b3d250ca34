package dev.pushpull.systems;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * PouchDB's server, which speaks CouchDB's protocol. Its change feed has a sequence number as its cursor, may hold an
 * answer back, and shows of a document the latest change only.
 */
final class DocumentStore implements AutoCloseable {
    private final SystemProcess process;
    private String url = "";

    private DocumentStore(SystemProcess process) {
        this.process = process;
    }

    static DocumentStore started(Path directory, String hook) throws IOException {
        Path packages = InstalledSystem.packages("documents");
        Path node = InstalledSystem.program("node", "documents");
        Path script = Path.of("../scripts/systems.d/documents.js").toAbsolutePath();
        DocumentStore store = new DocumentStore(SystemProcess.start(
                directory,
                Map.of(),
                List.of(node.toString(), script.toString(), packages.toString(), hook, "requests.log")));
        store.process.await(
                "the document store is ready", () -> store.process.said().contains("\n"));
        String said = store.process.said().strip();
        store.url = "http://127.0.0.1:" + said.substring(said.lastIndexOf(' ') + 1) + "/documents";
        return store;
    }

    String changes() {
        return url + "/_changes";
    }

    /** @return its new revision */
    String creates(String id) {
        return revision(Calls.made("PUT", url + "/" + id, "{}"));
    }

    /** @return its new revision */
    String changes(String id, String revision, int value) {
        return revision(Calls.made("PUT", url + "/" + id + "?rev=" + revision, "{\"value\":" + value + "}"));
    }

    /** @return its last revision */
    String deletes(String id, String revision) {
        return revision(Calls.made("DELETE", url + "/" + id + "?rev=" + revision, ""));
    }

    private static String revision(HttpResponse<String> answer) {
        return Calls.json(answer).get("rev").asText();
    }

    /** Changes so far, by its own count. */
    long updates() {
        JsonNode about = Calls.json(Calls.made("GET", url, ""));
        return about.get("update_seq").asLong();
    }

    @Override
    public void close() {
        process.close();
    }
}
