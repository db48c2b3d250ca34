package dev.pushpull.experiment.run;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Tail;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One mode with its own provider and consumers in this process, on their own sockets. */
public final class LiveTrial implements Trial, AutoCloseable {
    /** How long unfinished exchanges may take to finish. */
    public static final long STOP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DeliveryMode mode;
    private final Scenario scenario;
    private final Recorder recorder;
    private final ProviderSide provider;
    private final ConsumerSide consumers;
    private boolean stopped;

    /**
     * @param followed keep a journal of this many consumers, the first ones
     * @throws IOException when consumers cannot reach the provider
     */
    LiveTrial(DeliveryMode mode, Scenario scenario, int followed) throws IOException {
        this.mode = mode;
        this.scenario = scenario;
        this.recorder = ProviderSide.recorder(scenario, followed);
        this.provider = new ProviderSide(mode, scenario, recorder);
        try {
            this.consumers = new ConsumerSide(mode, provider.provider().address(), scenario, recorder);
        } catch (IOException e) {
            provider.close();
            throw ProviderSide.cause(provider.failures(), e);
        } catch (RuntimeException e) {
            provider.close();
            throw e;
        }
        provider.endpoints(consumers.consumers().books().endpoints());
    }

    ProviderSide provider() {
        return provider;
    }

    void start(long startNanos) {
        recorder.start(startNanos, scenario.run().durationNanos());
        consumers.start(startNanos);
    }

    @Override
    public DeliveryMode mode() {
        return mode;
    }

    @Override
    public long occurred() {
        return provider.occurred();
    }

    @Override
    public long requests() {
        return recorder.requestsSoFar();
    }

    @Override
    public long delivered() {
        return recorder.deliveredSoFar();
    }

    @Override
    public boolean complete() {
        return recorder.deliveredSoFar()
                        >= provider.occurred() * scenario.events().consumersPerStream()
                && provider.idle();
    }

    @Override
    public void cutShort(long endNanos) {
        recorder.cutShort(endNanos);
    }

    @Override
    public void stop() throws InterruptedException {
        if (!stopped) {
            stopped = true;
            consumers.consumers().askNoMore();
            provider.provider().letGo();
            provider.provider().stop(STOP_NANOS);
            consumers.consumers().stop(STOP_NANOS);
        }
    }

    @Override
    public TrialBooks books() {
        Map<Integer, Long> lastSequences = provider.lastSequences();
        ConsumerBooks taken = consumers.consumers().books();
        return new TrialBooks(
                recorder.record(),
                provider.provider().books(),
                taken,
                provider.occurred(),
                lastSequences,
                consumers.missing(lastSequences),
                TrialBooks.both(provider.failures(), taken.failures()),
                provider.lentCpuMillis());
    }

    @Override
    public List<JournalStep> journal() {
        return recorder.journal(mode.name());
    }

    @Override
    public long empty() {
        return recorder.emptySoFar();
    }

    @Override
    public Optional<Tail> watched(int most) {
        return Optional.of(recorder.watched(most));
    }

    @Override
    public void close() {
        consumers.close();
        provider.close();
    }
}
