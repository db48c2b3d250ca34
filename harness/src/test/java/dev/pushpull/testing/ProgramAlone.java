package dev.pushpull.testing;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;

/** The program without the tests' additions: no service that only a test declares is found. */
public final class ProgramAlone extends ClassLoader {
    private ProgramAlone(ClassLoader all) {
        super(all);
    }

    /** The result when only the program's own services are found. */
    public static <T> T calls(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader all = thread.getContextClassLoader();
        thread.setContextClassLoader(new ProgramAlone(all));
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(all);
        }
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = Collections.list(super.getResources(name));
        found.removeIf(
                url -> name.startsWith("META-INF/services/") && url.getPath().contains("/test-classes/"));
        return Collections.enumeration(found);
    }
}
