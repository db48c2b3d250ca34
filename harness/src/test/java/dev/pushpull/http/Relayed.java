package dev.pushpull.http;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Middlebox.Limits;
import dev.pushpull.scenario.Scenario.Wire;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.SplittableRandom;

/** Relays for tests. */
final class Relayed {
    private static final RoleThreads THREADS = new RoleThreads("test", RoleThreads.HARNESS);

    private Relayed() {}

    static DelayRelay before(ServerSocket server, Wire wire) throws IOException {
        return before(URI.create("http://127.0.0.1:" + server.getLocalPort()), wire);
    }

    static DelayRelay before(URI server, Wire wire) throws IOException {
        return DelayRelay.before(
                server,
                wire,
                number -> {
                    Limits limits = wire.behind().limits(new SplittableRandom(number));
                    return new DelayRelay.Limited(limits, limits);
                },
                NanoClock.SYSTEM,
                THREADS);
    }
}
