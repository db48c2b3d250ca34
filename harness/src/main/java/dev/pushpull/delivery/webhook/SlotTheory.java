package dev.pushpull.delivery.webhook;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.Endpoints.Dead;
import dev.pushpull.schedule.Endpoints.Slow;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.theory.Queues;

/**
 * Closed forms of webhooks to slow or dead endpoints, or through limited slots, where nothing else goes wrong
 * (docs/theory.md section 9). Of several slots no wait is known, only how many are occupied.
 */
final class SlotTheory {
    /** Retries that last longer than this part of the run may be pending at its end. */
    private static final double MOST_OF_THE_RUN = 0.05;

    private final Scenario scenario;
    private final Endpoints endpoints;
    private final FigureSheet sheet;
    private final ArrivalClosedForms arrivals;
    private final int consumers;
    private final double leg;

    /** The share of consumers after whose answer a slot is free, by the time it takes; and of those that are dead. */
    private double meanService;

    private double meanSquareService;
    private boolean inTime = true;
    private double dead;

    private SlotTheory(Scenario scenario) {
        this.scenario = scenario;
        this.endpoints = scenario.webhooks().endpoints();
        this.sheet = new FigureSheet(scenario);
        this.arrivals = ArrivalClosedForms.of(scenario);
        this.consumers = scenario.events().consumers();
        this.leg = scenario.network().webhookNanos() / 1e9;
        share();
    }

    private void share() {
        double asked = 0;
        double usual = 1;
        for (Slow some : endpoints.slow()) {
            double share = (double) Endpoints.count(asked, some.share(), consumers) / consumers;
            serve(share, leg + some.answerNanos() / 1e9);
            inTime &= leg + some.answerNanos() / 1e9 <= scenario.webhooks().responseTimeoutNanos() / 1e9;
            asked += some.share();
            usual -= share;
        }
        for (Dead some : endpoints.dead()) {
            double share = (double) Endpoints.count(asked, some.share(), consumers) / consumers;
            double since = (double) some.fromNanos() / scenario.run().durationNanos();
            serve(share * since, leg);
            dead += share * (1 - since);
            asked += some.share();
            usual -= share;
        }
        serve(usual, leg);
    }

    private void serve(double share, double seconds) {
        meanService += share * seconds;
        meanSquareService += share * seconds * seconds;
    }

    static Prediction predict(Scenario scenario) {
        SlotTheory theory = new SlotTheory(scenario);
        Scenario.Faults faults = scenario.faults();
        boolean troubled = faults.failureRate() > 0
                || !faults.outages().isEmpty()
                || faults.meanDownNanos() > 0
                || scenario.wire().modelled()
                || scenario.webhooks().retries().delaysNanos().get(0) > 0;
        if (!troubled && theory.inTime) {
            theory.slots();
            theory.costs();
        }
        return theory.sheet.prediction();
    }

    private void slots() {
        double rate = consumers * arrivals.rate();
        double load = rate * meanService;
        int limit = scenario.webhooks().maxInFlight();
        if (load >= limit) {
            return; // the line grows as long as the run lasts
        }
        String service = "E[S] = %.6g s, from an attempt's start to its answer".formatted(meanService);
        sheet.put(
                "slots_occupied", load, "N λ E[S]", service + "; fewer than the limits, or the line grows (section 9)");
        boolean constant = scenario.network().drawn(Scenario.Leg.WEBHOOK).isEmpty();
        if (limit > 1 || !arrivals.isPoisson() || !constant || dead > 0) {
            return;
        }
        boolean together = scenario.events().consumersPerStream() > 1;
        if (!together) {
            sheet.put(
                    "latency_mean_ms",
                    1e3 * (Queues.meanWait(rate, meanService, meanSquareService) + leg),
                    "N λ E[S^2] / (2 (1-ρ)) + d",
                    "one slot, first come first served (M/G/1), ρ = N λ E[S]; " + service + " (section 9)");
        } else if (endpoints.alike()) {
            sheet.put(
                    "latency_mean_ms",
                    1e3 * Queues.serialFanOut(arrivals.rate(), consumers, leg),
                    "λ (N d)^2 / (2 (1 - λ N d)) + (N+1) d / 2",
                    "one slot: each event is sent to one consumer after the other (section 9)");
        }
    }

    private void costs() {
        double schedule = scenario.webhooks().retries().delaysNanos().stream()
                .mapToDouble(nanos -> nanos)
                .sum();
        if (dead > 0 && schedule > MOST_OF_THE_RUN * scenario.run().durationNanos()) {
            return;
        }
        String fate = dead == 0
                ? "every attempt succeeds"
                : "a share δ = %.4g of the events meets a dead endpoint, which refuses each of %d attempts"
                        .formatted(dead, WebhookClosedForms.attempts(scenario).count());
        double attempts =
                1 - dead + dead * WebhookClosedForms.attempts(scenario).count();
        sheet.put("requests_per_delivery", attempts / (1 - dead), dead == 0 ? "1" : "(1-δ + δ M) / (1-δ)", fate);
        sheet.put(
                "bytes_per_delivery",
                SurfaceBytes.webhook(scenario),
                "q_w + a + s_w",
                "bytes of an attempt on this program's surface; a refused connection costs none; " + fate);
        sheet.put("lost_ratio", dead, dead == 0 ? "0" : "δ", fate);
        sheet.requests(arrivals.rate() * attempts, dead == 0 ? "N λ" : "N λ (1-δ + δ M)", fate);
    }
}
