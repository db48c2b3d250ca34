package dev.pushpull.experiment.capacity;

import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import dev.pushpull.hosts.ThisProgram;
import dev.pushpull.load.DriverProcess;
import dev.pushpull.load.Lines;
import java.io.IOException;

/** A server or a driver that was started on a host: it says who it is, and then becomes what its parent wants. */
final class HostLoadProgram {
    static final String SERVER = "server";
    static final String DRIVER = "driver";

    private HostLoadProgram() {}

    /** Who it is, and what its clocks show. */
    record Hello(String program, int processors, HostClocks clocks) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        ParentLink parent = ParentLink.open();
        String kind = parent.receive();
        parent.send(Lines.of(new Hello(
                ThisProgram.identity(), Runtime.getRuntime().availableProcessors(), HostClocks.now(NanoClock.SYSTEM))));
        if (kind.equals(SERVER)) {
            ServerProcess.serve(parent);
        } else {
            DriverProcess.serve(parent);
        }
    }
}
