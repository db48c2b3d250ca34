package dev.pushpull.delivery.linestream;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.TlsBytes;
import java.util.Optional;

/** The closed forms of a stream that never breaks. */
final class LineStreamTheory {
    private static final String UNBROKEN = "each consumer's one stream lasts for the whole run";

    private LineStreamTheory() {}

    static Optional<Prediction> predict(Scenario scenario) {
        Scenario.Faults faults = scenario.faults();
        if (!faults.outages().isEmpty() || faults.meanUpNanos() > 0 && faults.meanDownNanos() > 0) {
            return Optional.empty();
        }
        FigureSheet sheet = new FigureSheet(scenario);
        ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
        double seconds = scenario.run().durationNanos() / 1e9;
        double events = arrivals.rate() * seconds;
        double leg = (scenario.network().webhookNanos() + scenario.wire().legNanos()) / 1e9;
        ExchangeSizes sizes = LineStreamWire.sizes(scenario);
        double once = sizes.request() + sizes.fullAnswer() + TlsBytes.toProvider(scenario.wire());
        if (leg > 0) {
            sheet.put("latency_mean_ms", 1e3 * leg, "d", "leg d from provider to consumer; " + UNBROKEN);
        }
        sheet.put("requests_per_delivery", 1 / events, "1 / (λ run)", UNBROKEN);
        sheet.put("bytes_per_delivery", once / events + sizes.perEvent(), "(q + h) / (λ run) + s", UNBROKEN);
        sheet.put("lost_ratio", 0, "0", UNBROKEN);
        sheet.requests(1 / seconds, "N / run", UNBROKEN);
        return Optional.of(sheet.prediction());
    }
}
