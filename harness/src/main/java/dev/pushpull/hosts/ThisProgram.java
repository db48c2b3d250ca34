package dev.pushpull.hosts;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;

/** What this process runs, so that parts on two hosts can be found to run the same. */
public final class ThisProgram {
    private static final String VERSION = "/dev/pushpull/cli/version.properties";

    private ThisProgram() {}

    /** The one file it consists of; empty when it runs from folders, as in tests. */
    static Optional<Path> jar() {
        String path = System.getProperty("java.class.path");
        return path.endsWith(".jar") && !path.contains(System.getProperty("path.separator"))
                ? Optional.of(Path.of(path).toAbsolutePath())
                : Optional.empty();
    }

    /** Its version and the hash of its file, for people and to compare. */
    public static String identity() throws IOException {
        String version = version();
        Optional<Path> jar = jar();
        return jar.isPresent() ? version + " (sha256 " + sha256(jar.get()).substring(0, 16) + ")" : version;
    }

    private static String version() throws IOException {
        try (InputStream in = ThisProgram.class.getResourceAsStream(VERSION)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        }
    }

    /** In hexadecimal digits. */
    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
