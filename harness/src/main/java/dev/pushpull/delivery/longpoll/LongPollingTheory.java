package dev.pushpull.delivery.longpoll;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.theory.ByteCosts;
import dev.pushpull.theory.LongPoll;

/** Closed forms of long polling, for Poisson arrivals (docs/theory.md section 5). */
final class LongPollingTheory {
    private static final double ONE_PAGE = 1.001;

    private LongPollingTheory() {}

    /** The gap between an answer and the next look at the log is one round trip, twice the response leg. */
    static Prediction predict(Scenario scenario) {
        FigureSheet sheet = new FigureSheet(scenario);
        ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
        double leg = scenario.network().pollResponseNanos() / 1e9;
        boolean faultless =
                scenario.faults().outages().isEmpty() && scenario.faults().meanDownNanos() == 0;
        boolean onePage = leg == 0 || arrivals.requests(2 * leg) < ONE_PAGE;
        if (scenario.wire().modelled() || !arrivals.isPoisson() || !faultless || !onePage) {
            return sheet.prediction();
        }
        long waitSeconds = LongPollingOptions.waitSeconds(scenario);
        LongPoll form = new LongPoll(arrivals.rate(), waitSeconds, 2 * leg);
        String assumption =
                "Poisson arrivals; held for H = %d s at most; re-poll gap g = 2v (section 5)".formatted(waitSeconds);
        if (leg > 0) {
            sheet.put("latency_mean_ms", 1e3 * (leg + form.meanWait()), "v + φ g/2", assumption);
            if (scenario.network().drawn(Scenario.Leg.POLL_RESPONSE).isEmpty()) {
                sheet.quantiles(p -> leg + form.waitQuantile(p), "v + g (1 - (1-p)/φ)+", assumption);
            }
        }
        sheet.put("wasted_ratio", form.wasted(), "e^(-λ(g+H))", assumption);
        sheet.put("requests_per_delivery", form.requestsPerEvent(), "1 / (λg + e^(-λg) (1 - e^(-λH)))", assumption);
        ByteCosts bytes = SurfaceBytes.waiting(
                scenario, WebhookClosedForms.course(scenario).attempts(), waitSeconds);
        sheet.put(
                "bytes_per_delivery",
                bytes.polled(1 / form.requestsPerEvent(), form.wasted(), 1),
                "(q + e w + h (1-w)) requests/delivery + s",
                "bytes of this program's surface (section 4), else as above");
        double perSecond = 1 / form.meanCycle();
        sheet.requests(perSecond, "N/E[cycle]", assumption);
        sheet.put("rate_limited_requests_per_s", perSecond, "1/E[cycle]", "every request counts (section 4)");
        sheet.put("held_requests", scenario.events().consumers() * form.occupancy(), "N (1 - g/E[cycle])", assumption);
        return sheet.prediction();
    }
}
