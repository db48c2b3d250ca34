package dev.pushpull.load;

import dev.pushpull.host.NanoClock;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends requests over a fixed number of connections at the times that a step sets, whatever happens to earlier ones. A
 * request that finds no free connection waits for one, and that wait counts.
 */
public interface LoadDriver extends AutoCloseable {
    /** The kinds of driver. */
    enum Kind {
        /** Undertow's own non-blocking client: one I/O thread for all connections. */
        UNDERTOW,
        /** OkHttp's synchronous calls, a thread for each connection, as in an ordinary integration. */
        OKHTTP;

        /** Its name for {@code --driver}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static List<String> ids() {
            return Arrays.stream(values()).map(Kind::id).toList();
        }

        public static Optional<Kind> named(String id) {
            return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
        }

        /** @throws IOException when it cannot connect */
        public LoadDriver open(URI server, LoadRequest request, int connections, NanoClock clock) throws IOException {
            return switch (this) {
                case UNDERTOW -> new UndertowDriver(server, request, connections, clock);
                case OKHTTP -> new OkHttpDriver(server, request, connections, clock);
            };
        }
    }

    /**
     * Drives for the time of a step, then waits for what is unfinished.
     *
     * @throws IOException when lost connections cannot be opened again
     */
    LoadResult run(LoadStep step) throws IOException, InterruptedException;

    @Override
    void close();
}
