package dev.pushpull.delivery.batched;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.Exchanges;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.surface.TlsBytes;
import java.util.List;

/** What a batch takes on the wire: the frame of a webhook, and a JSON array of events. */
final class BatchWire {
    private static final int BRACKETS = "[]".length();
    private static final int COMMA = ",".length();

    private BatchWire() {}

    /** @param events mean of a batch: a longer length takes more digits to say */
    static ExchangeSizes sizes(Scenario scenario, double events) {
        double event = SurfaceBytes.event(scenario) + COMMA;
        double body = events * event - COMMA + BRACKETS;
        double acknowledgement = SurfaceBytes.acknowledgement(scenario);
        return new ExchangeSizes(
                List.of(Exchanges.ATTEMPT),
                SurfaceBytes.webhook(scenario, body) - acknowledgement - TlsBytes.part(scenario.wire(), events * event),
                acknowledgement,
                acknowledgement,
                TlsBytes.part(scenario.wire(), event),
                TlsBytes.ofWebhooks(scenario.wire()));
    }
}
