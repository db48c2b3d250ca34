package dev.pushpull.report.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Texts that travel inside the program: templates, styles, the chart library. */
public final class Resources {
    private Resources() {}

    /** A file beside a class of a room, or one of those that all rooms share. */
    public static String of(Class<?> room, String name) {
        return room.getResource(name) == null ? shared(name) : text(room, name);
    }

    /** A file that all rooms share. */
    public static String shared(String name) {
        return text(Resources.class, name);
    }

    /** A file of a package from npm; its folder carries the version, which the package itself knows best. */
    static String webjar(String artifact, String file) {
        try {
            Properties pom = new Properties();
            pom.load(new StringReader(
                    text(Resources.class, "/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties")));
            return text(
                    Resources.class,
                    "/META-INF/resources/webjars/" + artifact + "/" + pom.getProperty("version") + "/" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Class<?> from, String path) {
        try (InputStream in = from.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("missing from the program: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
