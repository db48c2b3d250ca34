package dev.pushpull.experiment.processes;

import dev.pushpull.experiment.processes.ChildMessages.Command;
import dev.pushpull.experiment.processes.ChildMessages.Reply;
import dev.pushpull.host.PartLink;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** The parent's view of a {@link ChildProgram}. One thread at a time. */
final class ChildProcess implements AutoCloseable {
    /** A busy machine takes a while to subscribe ten thousand consumers, or to stop them. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final PartLink link;

    ChildProcess(String name, PartLink link) {
        this.name = name;
        this.link = link;
    }

    String name() {
        return name;
    }

    PartLink link() {
        return link;
    }

    /** Sends a request that has no answer. */
    void tell(String verb, String mode, Object body) {
        ask(verb, mode, body, Object.class);
    }

    /** The same, unless it is lost: then it is done already, or never will be. */
    void tellIfThere(String verb, String mode, Object body) {
        askIfThere(verb, mode, body, Object.class);
    }

    /**
     * The answer; empty if the part is lost, which ends a run with what the others measured.
     *
     * @throws UncheckedIOException as {@link #ask} does otherwise
     */
    <T> Optional<T> askIfThere(String verb, String mode, Object body, Class<T> kind) {
        if (link.lost().isPresent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ask(verb, mode, body, kind));
        } catch (UncheckedIOException e) {
            if (link.lost().isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** @throws UncheckedIOException when the process has ended, or failed to do it */
    <T> T ask(String verb, String mode, Object body, Class<T> kind) {
        try {
            link.send(ChildMessages.text(new Command(verb, mode, ChildMessages.text(body))));
            Reply reply = ChildMessages.read(link.receive(PATIENCE), Reply.class);
            if (!reply.failure().isEmpty()) {
                throw new IOException("the process of the " + name + " could not " + verb + ": " + reply.failure());
            }
            return ChildMessages.read(reply.body(), kind);
        } catch (IOException e) {
            throw new UncheckedIOException(Failures.sentence(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("interrupted while the " + name + " was asked"));
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
