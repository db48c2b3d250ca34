package dev.pushpull.standalone;

import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Pollers of one endpoint in one process, each with a moment at which it begins. */
public final class PollersTogether {
    private final EndpointPolling.Setup setup;
    private final Consumer<String> told;

    /** @param told receives messages for people, a line each */
    public PollersTogether(EndpointPolling.Setup setup, Consumer<String> told) {
        this.setup = setup;
        this.told = told;
    }

    /**
     * Runs them to the end, or until interrupted.
     *
     * @param startNanos when the first poll of all is due, by the monotonic clock
     * @param offsetsNanos how much later each of these begins
     * @param mostNanos when all end, from the start
     * @throws IOException when one of them cannot poll at all, which ends the others
     */
    public PollTally run(long startNanos, List<Long> offsetsNanos, long mostNanos, Interruption interruption)
            throws IOException, InterruptedException {
        List<CompletableFuture<PollTally>> running = new ArrayList<>();
        for (long offsetNanos : offsetsNanos) {
            CompletableFuture<PollTally> tally = new CompletableFuture<>();
            running.add(tally);
            Thread thread = new Thread(
                    () -> poll(tally, startNanos + offsetNanos, mostNanos - offsetNanos, interruption), "poller");
            thread.setDaemon(true);
            thread.start();
        }
        PollTally sum = PollTally.NONE;
        for (CompletableFuture<PollTally> one : running) {
            try {
                sum = sum.plus(one.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof IOException known ? known : new IOException(Failures.sentence(e), e);
            }
        }
        return sum;
    }

    private void poll(CompletableFuture<PollTally> tally, long startNanos, long mostNanos, Interruption interruption) {
        PollTally.Watch watch = new PollTally.Watch();
        EndpointPolling polling = new EndpointPolling(setup, told, line -> {}, watch);
        try {
            if (interruption.await(startNanos - NanoClock.SYSTEM.nanoTime())) {
                tally.complete(PollTally.NONE);
                return;
            }
            polling.run(interruption, mostNanos);
            polling.warnings().forEach(told);
            tally.complete(watch.of(polling));
        } catch (IOException | InterruptedException | RuntimeException e) {
            interruption.request();
            tally.completeExceptionally(e);
        }
    }
}
