package dev.pushpull.systems;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The registry of Docker images. An image is several uploads, each pushed by itself; the catalogue is a list of names
 * without times, in pages that a {@code Link} header leads to.
 */
final class ContainerRegistry implements AutoCloseable {
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String LAYER = "{\"of\":\"a test\"}";

    private final SystemProcess process;
    private final String url;
    private final Path data;

    private ContainerRegistry(SystemProcess process, String url, Path data) {
        this.process = process;
        this.url = url;
        this.data = data;
    }

    /** @param token it presents to the hook */
    static ContainerRegistry started(Path directory, String hook, String token) throws IOException {
        Path program = InstalledSystem.program("docker-registry", "registry");
        String address = "127.0.0.1:" + InstalledSystem.freePort();
        Path data = directory.resolve("images");
        Path settings = Files.writeString(directory.resolve("registry.yml"), """
                version: 0.1
                log: {level: warn}
                storage:
                  filesystem: {rootdirectory: %s}
                http: {addr: %s}
                notifications:
                  endpoints:
                    - name: hook
                      url: %s
                      headers: {Authorization: [Bearer %s]}
                      timeout: 5s
                      threshold: 5
                      backoff: 200ms
                """.formatted(data, address, hook, token));
        SystemProcess process =
                SystemProcess.start(directory, Map.of(), List.of(program.toString(), "serve", settings.toString()));
        ContainerRegistry registry = new ContainerRegistry(process, "http://" + address, data);
        process.await("the registry is ready", () -> Calls.isReady(registry.url + "/v2/"));
        return registry;
    }

    String catalogue() {
        return url + "/v2/_catalog";
    }

    /** A layer and a manifest that names it. */
    void takesImage(String repository, String tag) {
        String digest = "sha256:" + sha256(LAYER);
        HttpResponse<String> begun = Calls.made("POST", url + "/v2/" + repository + "/blobs/uploads/", "");
        URI at = URI.create(url).resolve(begun.headers().firstValue("Location").orElseThrow());
        Calls.made("PUT", at + "&digest=" + digest, LAYER, "Content-Type", "application/octet-stream");
        Calls.made(
                "PUT",
                url + "/v2/" + repository + "/manifests/" + tag,
                """
                        {"schemaVersion":2,"mediaType":"%s","layers":[],"config":{"size":%d,"digest":"%s",
                         "mediaType":"application/vnd.docker.container.image.v1+json"}}
                        """.formatted(MANIFEST, LAYER.length(), digest),
                "Content-Type",
                MANIFEST);
    }

    /** A repository whose files come from elsewhere, past the interface: nothing is pushed. */
    void imports(String repository) throws IOException {
        Path home = data.resolve("docker/registry/v2/repositories").resolve(repository);
        Files.createDirectories(home.resolve("_manifests/tags"));
        Files.createDirectories(home.resolve("_layers"));
    }

    /** Its repositories, counted in its files. */
    long repositories() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(file -> file.endsWith("_layers")).count();
        }
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
