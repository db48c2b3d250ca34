package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.Pushes;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.surface.TlsBytes;
import dev.pushpull.theory.Attempts;
import dev.pushpull.theory.Freshness;
import dev.pushpull.theory.KeptConnections;
import dev.pushpull.theory.Reconciled;
import java.util.Optional;

/** Closed forms of webhooks with retries and outages (docs/theory.md sections 4, 7 and 8). */
final class WebhookTheory {
    private static final double NO_LOSS = 1e-9;

    private final Scenario scenario;
    private final FigureSheet sheet;
    private final Attempts attempts;
    private final Attempts.Course course;
    private final double leg;
    private final double setUp;

    /** Share of attempts that open a connection; NaN when unknown. */
    private final double opening;

    private final double failureRate;
    private final double duplicateRate;
    private final boolean outages;

    /** Whether the leg always takes exactly as long as the scenario says. */
    private final boolean constantLeg;

    private WebhookTheory(Scenario scenario, boolean constantLeg) {
        this.scenario = scenario;
        this.constantLeg = constantLeg;
        this.sheet = new FigureSheet(scenario);
        this.attempts = WebhookClosedForms.attempts(scenario);
        this.course = WebhookClosedForms.course(scenario);
        Scenario.Wire wire = scenario.wire();
        this.leg = (scenario.network().webhookNanos() + wire.legNanos()) / 1e9;
        this.setUp = wire.setUpNanos() / 1e9;
        this.failureRate = scenario.faults().failureRate();
        this.duplicateRate = scenario.faults().duplicateRate();
        this.outages = !scenario.faults().outages().isEmpty()
                || scenario.faults().meanUpNanos() > 0 && scenario.faults().meanDownNanos() > 0;
        this.opening = wire.modelled() ? opening() : 0;
    }

    /** Every event is an attempt, made when it occurs, to an endpoint of its own. */
    private double opening() {
        Scenario.Wire wire = scenario.wire();
        if (wire.keptNanos() == 0) {
            return 1;
        }
        if (outages || failureRate > 0 || duplicateRate > 0 || course.meanDelay() > 0) {
            return Double.NaN;
        }
        KeptConnections connections = new KeptConnections(wire.keptNanos() / 1e9, leg + wire.legNanos() / 1e9, setUp);
        double rate = scenario.events().arrivals().ratePerSecond();
        if (scenario.events().arrivals() instanceof PeriodicArrivals) {
            boolean apart = 1 / rate > connections.exchange() + setUp;
            return apart ? connections.shareOfPeriod(1 / rate) : Double.NaN;
        }
        return scenario.events().arrivals() instanceof PoissonArrivals ? connections.shareOfPoisson(rate) : Double.NaN;
    }

    static Prediction predict(Scenario scenario) {
        return predict(scenario, false);
    }

    /** @param constantLeg whether the leg always takes exactly as long as the scenario says */
    static Prediction predict(Scenario scenario, boolean constantLeg) {
        if (!WebhookClosedForms.apply(scenario)) {
            return SlotTheory.predict(scenario);
        }
        WebhookTheory theory = new WebhookTheory(scenario, constantLeg);
        if (scenario.wire().costs()) {
            theory.latencyOverTheWire();
        } else {
            theory.latency();
        }
        if (scenario.wire().modelled()) {
            theory.connections();
        }
        theory.costs();
        theory.ages();
        return theory.sheet.prediction();
    }

    /** The same where polls find what is lost (section 8). */
    static Pushes besidePolls(Scenario scenario, double intervalSeconds) {
        double failureRate = scenario.faults().failureRate();
        Attempts.Course course = WebhookClosedForms.course(scenario);
        double made = course.attempts();
        return new Pushes(
                made,
                SurfaceBytes.plain(scenario, made).webhook(),
                course.lost(),
                Optional.of(new Reconciled(
                        WebhookClosedForms.attempts(scenario),
                        failureRate,
                        intervalSeconds,
                        scenario.network().pollResponseNanos() / 1e9,
                        scenario.network().webhookNanos() / 1e9)),
                "webhook",
                (failureRate == 0 ? "every webhook arrives" : "attempts fail independently with 1-p = " + failureRate)
                        + repeated(scenario.faults().duplicateRate()));
    }

    /** What is assumed about the attempts. */
    private String fate() {
        if (outages) {
            return "attempts fail while the receiver is down; retries by the schedule, each attempt in no time"
                    + repeated();
        }
        return (failureRate == 0
                        ? "every attempt succeeds"
                        : "attempts fail independently with 1-p = %s, at most %d"
                                .formatted(failureRate, attempts.count()))
                + repeated();
    }

    private String repeated() {
        return repeated(duplicateRate);
    }

    private static String repeated(double duplicateRate) {
        return duplicateRate == 0 ? "" : ", but a share of %s is answered as if it had failed".formatted(duplicateRate);
    }

    /** The latency where connections must be opened. */
    private void latencyOverTheWire() {
        boolean constant = scenario.network().drawn(Scenario.Leg.WEBHOOK).isEmpty();
        boolean known = setUp == 0 || !Double.isNaN(opening);
        if (known && !outages && failureRate == 0 && course.meanDelay() == 0) {
            double cold = setUp == 0 ? 0 : opening;
            String assumption =
                    "a share c = %.3g of attempts opens a connection, which takes S = %s ms; no queue; %s (section 13)"
                            .formatted(cold, Math.rint(1e6 * setUp) / 1e3, fate());
            sheet.put("latency_mean_ms", 1e3 * (leg + cold * setUp), "d + c S", assumption);
            if (constant && scenario.wire().rttNanos() > 0) {
                sheet.quantiles(p -> leg + (p > 1 - cold ? setUp : 0), "d, or d + S where p > 1-c", assumption);
            }
        }
    }

    private void connections() {
        double run = scenario.run().durationNanos() / 1e9;
        double attempts = ArrivalClosedForms.of(scenario).rate() * run * course.attempts();
        sheet.put(
                "connections_opened",
                scenario.events().consumers() * Math.max(Math.min(1, attempts), attempts * opening),
                opening == 1 ? "N λ run E[A]" : "N λ run c",
                "c: the gap before an event is longer than a connection is kept, or so short that it is in use; each"
                        + " endpoint has its own (section 13)");
    }

    private void latency() {
        Optional<Distribution> drawn = scenario.network().drawn(Scenario.Leg.WEBHOOK);
        String constant =
                drawn.isPresent() ? "leg d drawn from what was measured, no queue" : "leg d constant, no queue";
        double mean = leg + course.meanDelay();
        if (mean > 0 || constantLeg) { // otherwise nobody said how long the leg takes
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
        if (drawn.isPresent() || outages && !constantLeg) {
            return;
        }
        for (FigureSheet.Quantile quantile : FigureSheet.Quantile.values()) {
            double wait = outages
                    ? WebhookClosedForms.delayQuantile(scenario, quantile.probability())
                    : attempts.delayQuantile(failureRate, quantile.probability());
            boolean median = constantLeg || quantile == FigureSheet.Quantile.P50 && leg > 0;
            if (wait > 0 || median) { // of a leg that varies, only the middle is known
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
                outages || duplicateRate > 0 ? "E[A] / (1 - lost)" : failureRate == 0 ? "1 / p, p = 1" : "1 / p",
                fate() + " (sections 4, 8)");
        double handshakes = scenario.wire().tls() ? opening * TlsBytes.toReceiver(scenario.wire()) : 0;
        if (!outages) {
            sheet.put(
                    "bytes_per_delivery",
                    perDelivery * (SurfaceBytes.webhook(scenario) + handshakes),
                    duplicateRate > 0
                            ? "(q_w + a + s_w) E[A] / (1 - lost)"
                            : failureRate == 0 ? "q_w + a + s_w" : "(q_w + a + s_w) / p",
                    "%.0f bytes an attempt on this program's surface, failed or not%s; %s (section 4)"
                            .formatted(
                                    SurfaceBytes.webhook(scenario),
                                    handshakes > 0 ? ", and %.0f of handshakes (section 13)".formatted(handshakes) : "",
                                    fate()));
        }
        sheet.put(
                "lost_ratio",
                course.lost(),
                outages ? "P(every attempt falls into an outage)" : "(1-p)^M",
                fate() + " (sections 4, 8)");
        double rate = ArrivalClosedForms.of(scenario).rate();
        sheet.requests(
                rate * course.attempts(),
                failureRate == 0 && duplicateRate == 0 && !outages ? "N λ" : "N λ E[A]",
                fate() + " (sections 4, 8, 10)");
        sheet.put("rate_limited_requests_per_s", 0, "0", "webhooks ask nothing of the provider's interface");
    }

    private void ages() {
        if (setUp > 0) {
            return; // delays of two kinds
        }
        ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
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
