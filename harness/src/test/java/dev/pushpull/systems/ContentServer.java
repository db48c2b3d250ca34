package dev.pushpull.systems;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Strapi, a content-management server: a webhook for every change, and a list in pages that has the entries as they are. */
final class ContentServer implements AutoCloseable {
    private static final Path SETTINGS = Path.of("../scripts/systems.d/cms");

    private final SystemProcess process;
    private final String url;
    private final Path home;

    private ContentServer(SystemProcess process, String url, Path home) {
        this.process = process;
        this.url = url;
        this.home = home;
    }

    static ContentServer started(Path directory, String hook, String hookToken) throws IOException {
        Path packages = InstalledSystem.packages("cms");
        Path node = InstalledSystem.program("node", "cms");
        Path home = Files.createDirectories(directory.resolve("cms/public/uploads"))
                .getParent()
                .getParent();
        try (Stream<Path> files = Files.walk(SETTINGS)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = home.resolve(SETTINGS.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        Files.createSymbolicLink(home.resolve("node_modules"), packages.resolve("node_modules"));
        int port = InstalledSystem.freePort();
        Map<String, String> environment = Map.of(
                "PORT",
                Integer.toString(port),
                "HOOK_URL",
                hook,
                "HOOK_TOKEN",
                hookToken,
                "NODE_ENV",
                "production",
                "STRAPI_TELEMETRY_DISABLED",
                "true");
        Path start = home.resolve("node_modules/@strapi/strapi/bin/strapi.js");
        SystemProcess process =
                SystemProcess.start(home, environment, List.of(node.toString(), start.toString(), "start"));
        ContentServer server = new ContentServer(process, "http://127.0.0.1:" + port, home);
        process.await("the content server is ready", () -> Calls.isReady(server.url + "/_health"));
        return server;
    }

    String notes() {
        return url + "/api/notes";
    }

    /** What a client presents. */
    String authorization() throws IOException {
        return "Bearer " + Files.readString(home.resolve("token"));
    }

    /** @return its id */
    String creates(String title) throws IOException {
        return Calls.json(write("POST", notes(), title)).at("/data/documentId").asText();
    }

    void changes(String id, String title) throws IOException {
        write("PUT", notes() + "/" + id, title);
    }

    void deletes(String id) throws IOException {
        Calls.made("DELETE", notes() + "/" + id, "", "Authorization", authorization());
    }

    private HttpResponse<String> write(String method, String to, String title) throws IOException {
        String body = "{\"data\":{\"title\":\"%s\"}}".formatted(title);
        return Calls.made(method, to, body, "Authorization", authorization());
    }

    /** Writes of an entry that it accepted, counted in its own log. */
    long writes() {
        return process.said()
                .lines()
                .filter(line -> line.matches(".*\\b(POST|PUT) /api/notes\\S* \\(\\d+ ms\\) 20\\d.*"))
                .count();
    }

    @Override
    public void close() throws IOException {
        process.close();
        Files.delete(home.resolve("node_modules")); // the link alone
    }
}
