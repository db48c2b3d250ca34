package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.Relays;
import dev.pushpull.http.DelayRelay;
import dev.pushpull.measure.Recorder;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A mode's consumers, as far from their provider as the wire says, with a record of what reaches them. */
public final class ConsumerSide implements AutoCloseable {
    private final Scenario scenario;
    private final Recorder recorder;
    private final DelayRelay relay;
    private final LiveConsumers consumers;

    /** @throws IOException when the provider cannot be reached or refuses */
    public ConsumerSide(DeliveryMode mode, URI provider, Scenario scenario, Recorder recorder) throws IOException {
        this.scenario = scenario;
        this.recorder = recorder;
        this.relay = Relays.before(provider, scenario, mode.name());
        try {
            this.consumers = mode.live().connect(relay.address(), scenario, recorder);
        } catch (IOException | RuntimeException e) {
            relay.close();
            throw e;
        }
    }

    /** Starts the consumers, and lets what stands between act on them from the start of the measured time on. */
    public void start(long startNanos) {
        relay.limitsFrom(startNanos);
        consumers.start(startNanos);
    }

    public Recorder recorder() {
        return recorder;
    }

    public LiveConsumers consumers() {
        return consumers;
    }

    /** What each consumer lacks of the first events of its stream; consumers that lack nothing are left out. */
    public Map<Integer, List<Long>> missing(Map<Integer, Long> lastSequences) {
        Map<Integer, List<Long>> missing = new HashMap<>();
        for (int consumer :
                recorder.place().numbers(scenario.events().consumers()).toArray()) {
            List<Long> lacking = recorder.missing(
                    consumer, lastSequences.getOrDefault(scenario.events().streamOf(consumer), 0L));
            if (!lacking.isEmpty()) {
                missing.put(consumer, lacking);
            }
        }
        return missing;
    }

    @Override
    public void close() {
        consumers.close();
        relay.close();
    }
}
