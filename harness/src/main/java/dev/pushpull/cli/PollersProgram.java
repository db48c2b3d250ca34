package dev.pushpull.cli;

import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import dev.pushpull.hosts.ThisProgram;
import dev.pushpull.load.Lines;
import dev.pushpull.scenario.Failures;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.PollTally;
import dev.pushpull.standalone.PollersTogether;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;

/** Pollers in a process of their own, which may be on another host. They end with their parent, or at its word. */
final class PollersProgram {
    /** The parent's first line; it is answered by {@link Hello}. */
    static final String HELLO = "hello";

    /** The parent's last line, where it does not wait for the end. */
    static final String STOP = "stop";

    /** The answer to {@link Work} that came in time. */
    static final String IN_TIME = "in time";

    private PollersProgram() {}

    /**
     * Who it is.
     *
     * @param nanos its monotonic clock just now
     */
    record Hello(String program, int processors, long nanos) {}

    /**
     * What to do.
     *
     * @param flags that say what to poll, with their values
     * @param startNanos when the first poll of all hosts is due, by this host's monotonic clock
     * @param offsetsNanos how much later each poller here begins
     * @param mostNanos when all end, from the start
     */
    record Work(String url, List<String> flags, long startNanos, List<Long> offsetsNanos, long mostNanos) {}

    /** @param failure why it could not poll at all; empty when it could */
    record Reply(String failure, PollTally tally) {}

    public static void main(String[] arguments) throws InterruptedException {
        ParentLink parent = ParentLink.open();
        String host = String.join(" ", arguments);
        try {
            parent.receive(); // hello
            Work rehearsal = new Work("http://localhost/", List.of(), 0, List.of(), 0);
            setup(Lines.read(Lines.of(rehearsal), Work.class)); // loads what would take long when a start is near
            parent.send(Lines.of(new Hello(
                    ThisProgram.identity(), Runtime.getRuntime().availableProcessors(), NanoClock.SYSTEM.nanoTime())));
            Work work = Lines.read(parent.receive(), Work.class);
            EndpointPolling.Setup setup = setup(work);
            boolean inTime = NanoClock.SYSTEM.nanoTime() - work.startNanos() < 0;
            parent.send(inTime ? IN_TIME : "too late");
            Interruption interruption = new Interruption();
            Thread polling = new Thread(
                    () -> parent.send(Lines.of(
                            polled(work, setup, interruption, line -> System.err.println(host + ": " + line)))),
                    "pollers");
            polling.setDaemon(true);
            polling.start();
            parent.receive(); // stop
            interruption.request();
            while (true) { // until its parent has read what it sent
                parent.receive();
            }
        } catch (IOException | RuntimeException e) {
            parent.send(Failures.sentence(e));
        }
    }

    private static Reply polled(
            Work work, EndpointPolling.Setup setup, Interruption interruption, Consumer<String> told) {
        try {
            PollersTogether pollers = new PollersTogether(setup, told);
            return new Reply("", pollers.run(work.startNanos(), work.offsetsNanos(), work.mostNanos(), interruption));
        } catch (IOException | InterruptedException | RuntimeException e) {
            return new Reply(Failures.sentence(e), PollTally.NONE);
        }
    }

    /** By the flags of the command itself, which another host reads in the same way. */
    private static EndpointPolling.Setup setup(Work work) {
        PollSourceFlags source = new PollSourceFlags();
        CommandLine line = new CommandLine(source);
        TypedFlags.bind(line.getCommandSpec());
        line.setExpandAtFiles(false);
        line.parseArgs(work.flags().toArray(String[]::new));
        return source.setup("URL", work.url());
    }
}
