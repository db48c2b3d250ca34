package dev.pushpull.experiment.processes;

import dev.pushpull.experiment.processes.ChildMessages.Command;
import dev.pushpull.experiment.processes.ChildMessages.Reply;
import dev.pushpull.host.ChildJvm;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The parent's view of a {@link ChildProgram}. One thread at a time. */
final class ChildProcess implements AutoCloseable {
    /** A busy machine takes a while to subscribe ten thousand consumers. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final ChildJvm process;

    ChildProcess(String name, Class<? extends ChildProgram> program) throws IOException {
        this.name = name;
        this.process = new ChildJvm(program, name);
    }

    long pid() {
        return process.pid();
    }

    /** Sends a request that has no answer. */
    void tell(String verb, String mode, Object body) {
        ask(verb, mode, body, Object.class);
    }

    /** @throws UncheckedIOException when the process has ended, or failed to do it */
    <T> T ask(String verb, String mode, Object body, Class<T> kind) {
        try {
            process.send(ChildMessages.text(new Command(verb, mode, ChildMessages.text(body))));
            Reply reply = ChildMessages.read(process.receive(PATIENCE), Reply.class);
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
        process.close();
    }
}
