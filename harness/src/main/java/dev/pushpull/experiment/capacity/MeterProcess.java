package dev.pushpull.experiment.capacity;

import dev.pushpull.host.ChildJvm;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import dev.pushpull.host.Spans;
import dev.pushpull.host.StallMeter;
import dev.pushpull.load.Lines;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Hears the machine's stalls in a process of its own, which no pause of ours stops. */
final class MeterProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** It needs hardly any memory, whatever heap the others were given. */
    static final List<String> SMALL =
            List.of("-Xms8m", "-Xmx24m", "-Xmn4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final ChildJvm process;
    private final String about;

    MeterProcess() throws IOException, InterruptedException {
        process = new ChildJvm(SMALL, Meter.class);
        try {
            about = process.receive(PATIENCE);
        } catch (IOException | InterruptedException e) {
            process.close();
            throw e;
        }
    }

    /** How it listens, as text. */
    String about() {
        return about;
    }

    /**
     * The stalls heard that ended after this time.
     *
     * @throws IOException when the process has ended
     */
    Spans since(long nanos) throws IOException, InterruptedException {
        process.send(Long.toString(nanos));
        return Lines.read(process.receive(PATIENCE), Spans.class);
    }

    @Override
    public void close() {
        process.close();
    }

    /** The other side. */
    static final class Meter {
        private Meter() {}

        public static void main(String[] arguments) throws InterruptedException {
            ParentLink parent = ParentLink.open();
            try (StallMeter meter = new StallMeter(NanoClock.SYSTEM)) {
                parent.send(meter.about());
                while (true) {
                    parent.send(Lines.of(meter.since(Long.parseLong(parent.receive()))));
                }
            }
        }
    }
}
