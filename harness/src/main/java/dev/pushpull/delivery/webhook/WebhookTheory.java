package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.ArrivalForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.SurfaceBytes;
import dev.pushpull.delivery.WebhookForms;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.theory.Attempts;
import dev.pushpull.theory.Freshness;
import java.util.Optional;

/** Closed forms of webhooks with retries and outages (docs/theory.md sections 4, 7 and 8). */
final class WebhookTheory {
    private static final double NO_LOSS = 1e-9;

    private final Scenario scenario;
    private final FigureSheet sheet;
    private final Attempts attempts;
    private final Attempts.Course course;
    private final double leg;
    private final double failureRate;
    private final boolean outages;

    private WebhookTheory(Scenario scenario) {
        this.scenario = scenario;
        this.sheet = new FigureSheet(scenario);
        this.attempts = WebhookForms.attempts(scenario);
        this.course = WebhookForms.course(scenario);
        this.leg = scenario.network().webhookNanos() / 1e9;
        this.failureRate = scenario.faults().failureRate();
        this.outages = !scenario.faults().outages().isEmpty()
                || scenario.faults().meanUpNanos() > 0 && scenario.faults().meanDownNanos() > 0;
    }

    static Prediction predict(Scenario scenario) {
        WebhookTheory theory = new WebhookTheory(scenario);
        theory.latency();
        theory.costs();
        theory.ages();
        return theory.sheet.prediction();
    }

    /** What is assumed of the attempts. */
    private String fate() {
        if (outages) {
            return "attempts fail while the receiver is down; retries by the schedule, each attempt in no time";
        }
        return failureRate == 0
                ? "every attempt succeeds"
                : "attempts fail independently with 1-p = %s, at most %d".formatted(failureRate, attempts.count());
    }

    private void latency() {
        Optional<Distribution> drawn = scenario.network().drawn(Scenario.Leg.WEBHOOK);
        String constant =
                drawn.isPresent() ? "leg d drawn from what was measured, no queue" : "leg d constant, no queue";
        double mean = leg + course.meanDelay();
        if (mean > 0) { // else nobody said how long the leg takes
            boolean retried = course.meanDelay() > 0;
            sheet.put(
                    "latency_mean_ms",
                    1e3 * mean,
                    retried ? "d + E[wait of retries]" : "d",
                    constant + "; " + fate() + " (sections 7, 8)");
        }
        if (drawn.isPresent() && failureRate == 0 && !outages && course.meanDelay() == 0) {
            sheet.quantiles(p -> drawn.get().valueAt(p) / 1e9, "d at p", constant);
        }
        if (drawn.isPresent() || outages) {
            return;
        }
        for (FigureSheet.Quantile quantile : FigureSheet.Quantile.values()) {
            double wait = attempts.delayQuantile(failureRate, quantile.probability());
            boolean median = quantile == FigureSheet.Quantile.P50 && leg > 0;
            if (wait > 0 || median) { // of the leg itself no more than its middle is known
                sheet.put(
                        quantile.column(),
                        1e3 * (leg + wait),
                        wait > 0 ? "d + wait of attempt at " + quantile.probability() : "d",
                        constant + "; " + fate() + " (sections 7, 8)");
            }
        }
    }

    private void costs() {
        double perDelivery = course.attempts() / (1 - course.lost());
        sheet.put(
                "requests_per_delivery",
                perDelivery,
                outages ? "E[A] / (1 - lost)" : failureRate == 0 ? "1 / p, p = 1" : "1 / p",
                fate() + " (sections 4, 8)");
        if (!outages) {
            sheet.put(
                    "bytes_per_delivery",
                    perDelivery * SurfaceBytes.webhook(scenario),
                    failureRate == 0 ? "q_w + a + s_w" : "(q_w + a + s_w) / p",
                    "%.0f bytes an attempt on this program's surface, failed or not; %s (section 4)"
                            .formatted(SurfaceBytes.webhook(scenario), fate()));
        }
        sheet.put(
                "lost_ratio",
                course.lost(),
                outages ? "P(every attempt falls into an outage)" : "(1-p)^M",
                fate() + " (sections 4, 8)");
        double rate = scenario.events().arrivals().ratePerSecond();
        sheet.requests(
                rate * course.attempts(),
                failureRate == 0 && !outages ? "N λ" : "N λ E[A]",
                fate() + " (sections 4, 8, 10)");
        sheet.put("rate_limited_requests_per_s", 0, "0", "webhooks ask nothing of the provider's interface");
    }

    private void ages() {
        ArrivalForms arrivals = ArrivalForms.of(scenario);
        String constant = arrivals.law()
                + "; leg d = %s ms constant; %s (section 7)".formatted(Math.rint(1e6 * leg) / 1e3, fate());
        boolean drawn = scenario.network().drawn(Scenario.Leg.WEBHOOK).isPresent();
        if (!outages && failureRate == 0 && !drawn) {
            double delay = leg + course.meanDelay();
            sheet.put(
                    "age_of_information_ms",
                    1e3 * (delay + arrivals.secondsSinceLast()),
                    "d + " + arrivals.sinceLastFormula(),
                    constant);
            if (arrivals.isPoisson() && delay > 0) {
                sheet.put(
                        "copy_age_ms",
                        1e3 * Freshness.pushedAge(arrivals.rate(), delay),
                        "d - (1 - e^(-λd))/λ",
                        constant);
            }
        }
        if (!outages && arrivals.isPoisson() && course.lost() < NO_LOSS && leg + course.meanDelay() > 0) {
            sheet.put(
                    "fresh_ratio",
                    Freshness.pushed(arrivals.rate(), leg + course.meanDelay()),
                    "e^(-λ E[d])",
                    "Poisson arrivals; delays independent, of any law (M/G/infinity); " + fate() + " (section 7)");
        }
    }
}
