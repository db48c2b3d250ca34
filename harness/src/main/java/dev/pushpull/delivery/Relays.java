package dev.pushpull.delivery;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.http.DelayRelay;
import dev.pushpull.http.DelayRelay.Limited;
import dev.pushpull.scenario.Middlebox.Limits;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.Seeds;
import java.io.IOException;
import java.net.URI;
import java.util.random.RandomGenerator;

/** The relays that play what lies between consumers and provider. */
public final class Relays {
    private Relays() {}

    /**
     * A relay before a server, with the distance and the limits of a scenario. An exchange that has begun before the
     * run lives for a random part of its time, unless phases are aligned: consumers that have been there for long did
     * not all come at once.
     *
     * @param mode the mode that it serves; its thread carries the name
     * @throws IOException when it cannot listen
     */
    public static DelayRelay before(URI server, Scenario scenario, String mode) throws IOException {
        return before(server, scenario, mode, 0);
    }

    /**
     * The same at a port.
     *
     * @param port 0 for any free one
     */
    public static DelayRelay before(URI server, Scenario scenario, String mode, int port) throws IOException {
        Seeds seeds = new Seeds(scenario.run().seed());
        return DelayRelay.before(
                server,
                scenario.wire(),
                number -> limited(scenario, seeds.generator(Seeds.Purpose.MIDDLEBOX, number)),
                NanoClock.SYSTEM,
                new RoleThreads(mode, RoleThreads.HARNESS),
                port);
    }

    private static Limited limited(Scenario scenario, RandomGenerator random) {
        Limits limits = scenario.wire().behind().limits(random);
        return new Limited(limits, scenario.polling().phase() == Phase.RANDOM ? limits.inPart(random) : limits);
    }
}
