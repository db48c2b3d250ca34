package dev.pushpull.load;

import dev.pushpull.host.NanoClock;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends requests on a fixed number of connections at the times a step sets, whatever becomes of the earlier ones. A
 * request that finds no free connection waits for one, and its waiting counts.
 */
public interface LoadDriver extends AutoCloseable {
    /** The ways to drive. */
    enum Kind {
        /** Undertow's own client, which waits for nothing: one I/O thread for all connections. */
        UNDERTOW,
        /** OkHttp's synchronous calls, a thread a connection: what an ordinary integration gets. */
        OKHTTP;

        /** What {@code --driver} takes. */
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
     * Drives for the time of a step and waits for what is on its way then.
     *
     * @throws IOException when connections that were lost cannot be opened again
     */
    LoadResult run(LoadStep step) throws IOException, InterruptedException;

    @Override
    void close();
}
