package dev.pushpull.experiment.capacity;

import dev.pushpull.host.ChildJvm;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import dev.pushpull.load.BareEcho;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Measures how fast the machine is, in a process of its own, so that no step makes it slower or faster. */
final class ReferenceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChildJvm process;

    ReferenceProcess() throws IOException {
        process = new ChildJvm(List.of("-Xms16m", "-Xmx48m", "-Xmn8m", "-XX:+UseSerialGC"), Reference.class);
    }

    /** Echoes a second, measured for this long. */
    double perSecond(long nanos) throws IOException, InterruptedException {
        process.send(Long.toString(nanos));
        String said = process.receive(PATIENCE);
        try {
            return Double.parseDouble(said);
        } catch (NumberFormatException e) {
            throw new IOException(said, e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    /** The other side. */
    static final class Reference {
        private Reference() {}

        public static void main(String[] arguments) throws InterruptedException {
            ParentLink parent = ParentLink.open();
            try (BareEcho echo = new BareEcho(NanoClock.SYSTEM)) {
                while (true) {
                    parent.send(Double.toString(echo.perSecond(Long.parseLong(parent.receive()))));
                }
            } catch (IOException e) {
                parent.send("the reference: " + Failures.sentence(e));
            }
        }
    }
}
