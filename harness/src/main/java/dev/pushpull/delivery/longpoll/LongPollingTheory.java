package dev.pushpull.delivery.longpoll;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.theory.ByteCosts;
import dev.pushpull.theory.CutLongPoll;
import dev.pushpull.theory.LongPoll;

/** Closed forms of long polling, for Poisson arrivals (docs/theory.md section 5). */
final class LongPollingTheory {
    private static final double ONE_PAGE = 1.001;

    private LongPollingTheory() {}

    /** The gap between an answer and the next look at the log is one round trip, twice the response leg. */
    static Prediction predict(Scenario scenario) {
        return predict(scenario, false);
    }

    /** @param exact whether the leg always takes exactly as long as the scenario says, even no time */
    static Prediction predict(Scenario scenario, boolean exact) {
        FigureSheet sheet = new FigureSheet(scenario);
        ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
        double leg = scenario.network().pollResponseNanos() / 1e9;
        boolean faultless =
                scenario.faults().outages().isEmpty() && scenario.faults().meanDownNanos() == 0;
        double gap = 2 * leg
                + (LongPollingOptions.areCutOff(scenario)
                        ? LongPollingOptions.longerAfterCutOffNanos(scenario) / 1e9
                        : 0);
        boolean onePage = gap == 0 || arrivals.requests(gap) < ONE_PAGE;
        if (scenario.wire().costs() || !arrivals.isPoisson() || !faultless || !onePage) {
            return sheet.prediction();
        }
        if (LongPollingOptions.areCutOff(scenario)) {
            return cutOff(scenario, sheet, arrivals.rate(), leg);
        }
        long waitSeconds = LongPollingOptions.waitSeconds(scenario);
        LongPoll form = new LongPoll(arrivals.rate(), waitSeconds, 2 * leg);
        String assumption =
                "Poisson arrivals; held for H = %d s at most; re-poll gap g = 2v (section 5)".formatted(waitSeconds);
        if (leg > 0 || exact) {
            sheet.put("latency_mean_ms", 1e3 * (leg + form.meanWait()), "v + φ g/2", assumption);
            if (scenario.network().drawn(Scenario.Leg.POLL_RESPONSE).isEmpty()) {
                sheet.quantiles(p -> leg + form.waitQuantile(p), "v + g (1 - (1-p)/φ)+", assumption);
            }
        }
        if (exact && (leg == 0 || arrivals.lost(2 * leg) == 0)) {
            sheet.put("lost_ratio", 0, "0", assumption);
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

    /** What stands between ends each request that finds nothing before the provider would answer it. */
    private static Prediction cutOff(Scenario scenario, FigureSheet sheet, double rate, double leg) {
        Middlebox box = scenario.wire().behind();
        double longer = LongPollingOptions.longerAfterCutOffNanos(scenario) / 1e9;
        CutLongPoll form =
                new CutLongPoll(rate, LongPollingOptions.heldNanos(scenario) / 1e9, 2 * leg, 2 * leg + longer);
        String assumption =
                "Poisson arrivals; %s cuts a request off after H = %s; re-poll gap g = 2v, g' = 2v + %s after that (section 14)"
                        .formatted(
                                box.name(),
                                Quantity.readable(box.holdsNanos()),
                                Quantity.readable(LongPollingOptions.longerAfterCutOffNanos(scenario)));
        double wait = form.meanWait();
        if (leg + wait > 0) {
            sheet.put("latency_mean_ms", 1e3 * (leg + wait), "v + E[g^2] / (2 E[C])", assumption);
            if (scenario.network().drawn(Scenario.Leg.POLL_RESPONSE).isEmpty()) {
                sheet.quantiles(p -> leg + form.waitQuantile(p), "v + wait in a gap", assumption);
            }
        }
        sheet.put("wasted_ratio", form.wasted(), "p1 / (1 - p2 + p1), p = e^(-λ(g+H))", assumption);
        sheet.put("requests_per_delivery", form.requestsPerEvent(), "1 / (λ E[C])", assumption);
        ByteCosts bytes = SurfaceBytes.waiting(
                scenario, WebhookClosedForms.course(scenario).attempts(), LongPollingOptions.waitSeconds(scenario));
        sheet.put(
                "bytes_per_delivery",
                bytes.polled(1 / form.requestsPerEvent(), form.wasted(), 1)
                        - bytes.emptyReply() * form.wasted() * form.requestsPerEvent(),
                "(q + h (1-w)) requests/delivery + s",
                "bytes of this program's surface (section 4); no answer where it is cut off, else as above");
        double perSecond = 1 / form.meanCycle();
        sheet.requests(perSecond, "N/E[C]", assumption);
        sheet.put("rate_limited_requests_per_s", perSecond, "1/E[C]", "every request counts (section 4)");
        sheet.put("held_requests", scenario.events().consumers() * form.occupancy(), "N (1 - E[g]/E[C])", assumption);
        return sheet.prediction();
    }
}
