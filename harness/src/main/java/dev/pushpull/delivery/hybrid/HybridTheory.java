package dev.pushpull.delivery.hybrid;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.FigureSheet.Quantile;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.theory.Attempts;
import dev.pushpull.theory.ByteCosts;
import dev.pushpull.theory.Reconciled;

/** Closed forms of webhooks with a reconciling poll: what is known without outages (docs/theory.md section 8). */
final class HybridTheory {
    private static final double NO_LOSS = 1e-9;

    private HybridTheory() {}

    static Prediction predict(Scenario scenario) {
        return predict(scenario, false);
    }

    /** @param exact whether legs always take exactly as long as the scenario says */
    static Prediction predict(Scenario scenario, boolean exact) {
        FigureSheet sheet = new FigureSheet(scenario);
        ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
        double interval = HybridOptions.RECONCILE.in(scenario) / 1e9;
        Scenario.Faults faults = scenario.faults();
        boolean faultless = faults.outages().isEmpty() && faults.meanDownNanos() == 0;
        if (scenario.wire().costs() || !faultless || faults.failureRate() > 0 && !(arrivals.lost(interval) < NO_LOSS)) {
            return sheet.prediction();
        }
        Attempts attempts = WebhookClosedForms.attempts(scenario);
        Reconciled form = new Reconciled(
                attempts,
                faults.failureRate(),
                interval,
                scenario.network().pollResponseNanos() / 1e9,
                scenario.network().webhookNanos() / 1e9);
        String fate = faults.failureRate() == 0
                ? "every webhook arrives"
                : "attempts fail independently with 1-p = " + faults.failureRate();
        String assumption = fate
                + "; a poll every R = %s s of random phase finds the rest; legs constant (section 8)"
                        .formatted(interval);
        boolean constantLegs = scenario.network().drawn().isEmpty();
        if (constantLegs) {
            latency(sheet, form, assumption, exact);
        }
        double exposure = form.exposure();
        if (constantLegs && arrivals.isPoisson() || exposure == 0) {
            sheet.put(
                    "wasted_ratio", form.wasted(arrivals.rate()), "e^(-λ E[time not held before a poll])", assumption);
        }
        costs(scenario, sheet, arrivals, interval, assumption);
        return sheet.prediction();
    }

    private static void latency(FigureSheet sheet, Reconciled form, String assumption, boolean exact) {
        double mean = form.meanDelay();
        if (mean > 0 || exact) {
            sheet.put("latency_mean_ms", 1e3 * mean, "E[min(webhook, poll)]", assumption);
        }
        for (Quantile quantile : Quantile.values()) {
            double delay = form.delayQuantile(quantile.probability());
            boolean byWebhook = delay == form.webhookLeg() + form.attempts().least(0);
            // of a leg that varies, only the middle is known
            if (exact || delay > 0 && (!byWebhook || quantile == Quantile.P50)) {
                sheet.put(
                        quantile.column(),
                        1e3 * delay,
                        byWebhook ? "d" : "v + R (1 - (1-p)/f) at " + quantile.probability(),
                        assumption);
            }
        }
    }

    private static void costs(
            Scenario scenario, FigureSheet sheet, ArrivalClosedForms arrivals, double interval, String assumption) {
        double made = WebhookClosedForms.course(scenario).attempts();
        double requests = arrivals.requests(interval);
        double events = arrivals.rate() * interval;
        ByteCosts bytes = SurfaceBytes.plain(scenario, made);
        String pages = "; polls read every event again, R_p pages each (section 3)";
        sheet.put("requests_per_delivery", made + requests / events, "E[A] + R_p/(λR)", assumption + pages);
        sheet.put(
                "bytes_per_delivery",
                bytes.webhook() + bytes.polled(events, arrivals.empty(interval), requests),
                "webhook + polling at λR",
                assumption + pages + "; bytes of this program's surface (section 4)");
        sheet.requests(arrivals.rate() * made + requests / interval, "N (λ E[A] + R_p/R)", assumption + pages);
        sheet.put(
                "rate_limited_requests_per_s",
                requests / interval,
                "R_p/R",
                "every poll counts, no webhook (section 4)");
        sheet.put("lost_ratio", 0, "0", assumption);
    }
}
