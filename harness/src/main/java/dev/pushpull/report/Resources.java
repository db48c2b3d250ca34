package dev.pushpull.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Texts that travel inside the program: templates, styles, the chart library. */
final class Resources {
    private Resources() {}

    /** A file beside this class. */
    static String beside(String name) {
        return text("/dev/pushpull/report/" + name);
    }

    /** A file of a package from npm; its folder carries the version, which the package itself knows best. */
    static String webjar(String artifact, String file) {
        try {
            Properties pom = new Properties();
            pom.load(new StringReader(text("/META-INF/maven/org.webjars.npm/" + artifact + "/pom.properties")));
            return text("/META-INF/resources/webjars/" + artifact + "/" + pom.getProperty("version") + "/" + file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IOException("missing from the program: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
