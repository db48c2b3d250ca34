package dev.pushpull.report.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Text resources of the program: templates, styles, the chart library. */
public final class Resources {
    private Resources() {}

    /** A file beside a class of a room, or one that all rooms share. */
    public static String of(Class<?> room, String name) {
        return room.getResource(name) == null ? shared(name) : text(room, name);
    }

    /** A file that all rooms share. */
    public static String shared(String name) {
        return text(Resources.class, name);
    }

    /** A file from an npm package; its folder contains the version, which the package itself tells us. */
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
