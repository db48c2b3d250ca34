package dev.pushpull.delivery.batched;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.BatchPlan;
import dev.pushpull.schedule.BatchPlan.Law;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.TlsBytes;
import dev.pushpull.theory.BatchedEvents;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/** Closed forms of batched webhooks (docs/theory.md section 16): what is known without other faults than refusals. */
final class BatchedTheory {
    /** So seldom a batch is full that the forms without a limit hold. */
    private static final double NEVER_FULL = 1e-6;

    private final Scenario scenario;
    private final FigureSheet sheet;
    private final ArrivalClosedForms arrivals;
    private final BatchPlan.Rule rule;
    private final BatchedEvents form;
    private final double refused;
    private final boolean splits;

    /** Seconds from the sending to the consumer; a new connection where each exchange opens one. */
    private final double leg;

    private final boolean opening;

    /** Whether figures are to be had quickly, to about nine digits and without a curve. */
    private final boolean quick;

    private BatchedTheory(Scenario scenario, boolean quick) {
        this.quick = quick;
        this.scenario = scenario;
        this.sheet = new FigureSheet(scenario);
        this.arrivals = ArrivalClosedForms.of(scenario);
        this.rule = BatchedOptions.rule(scenario);
        this.form = new BatchedEvents(arrivals.rate(), rule.size(), rule.waitNanos() / 1e9);
        this.refused = BatchedOptions.REFUSED_SHARE.in(scenario);
        this.splits = BatchedOptions.SPLIT.in(scenario);
        Scenario.Wire wire = scenario.wire();
        this.opening = wire.modelled() && wire.keptNanos() == 0;
        this.leg = (scenario.network().webhookNanos() + wire.legNanos() + (opening ? wire.setUpNanos() : 0)) / 1e9;
    }

    static Prediction predict(Scenario scenario) {
        return predict(scenario, false);
    }

    /** @param quick whether figures are to be had quickly, to about nine digits and without a curve */
    static Prediction predict(Scenario scenario, boolean quick) {
        BatchedTheory theory = new BatchedTheory(scenario, quick);
        if (theory.known()) {
            theory.write();
        }
        return theory.sheet.prediction();
    }

    /** The mean size of a batch; where it is not known, that of a batch that waits from its first event on. */
    static double meanSize(Scenario scenario) {
        BatchedTheory theory = new BatchedTheory(scenario, false);
        return theory.rule.law() == Law.PENDING ? 1 : theory.size(Law.FIRST_EVENT);
    }

    private boolean known() {
        Scenario.Faults faults = scenario.faults();
        boolean faultless = faults.outages().isEmpty()
                && faults.meanDownNanos() == 0
                && WebhookClosedForms.unknownToSender(faults) == 0;
        boolean alike = opening
                || !scenario.wire().modelled()
                || scenario.wire().setUpNanos() == 0 && !scenario.wire().tls();
        boolean sentAtOnce = scenario.webhooks().retries().delaysNanos().get(0) == 0;
        boolean ofThisLaw = switch (rule.law()) {
            case FIRST_EVENT -> true;
            case LAST_DISPATCH, WINDOW -> form.full() < NEVER_FULL && refused == 0;
            case PENDING -> false;
        };
        return faultless && alike && sentAtOnce && ofThisLaw && arrivals.isPoisson();
    }

    private double size(Law law) {
        return switch (law) {
            case LAST_DISPATCH -> form.sizeFromLastDispatch();
            case WINDOW -> form.sizeOfWindow();
            default -> form.sizeFromFirstEvent();
        };
    }

    private double mean() {
        return switch (rule.law()) {
            case LAST_DISPATCH -> form.meanFromLastDispatch();
            case WINDOW -> form.longest() / 2;
            default -> form.meanFromFirstEvent();
        };
    }

    private DoubleUnaryOperator quantile() {
        return switch (rule.law()) {
            case LAST_DISPATCH -> form::quantileFromLastDispatch;
            case WINDOW -> p -> p * form.longest();
            default -> quick ? form::nearQuantileFromFirstEvent : form::quantileFromFirstEvent;
        };
    }

    private void write() {
        double size = size(rule.law());
        String what =
                "Poisson arrivals; at most B = %d events, W = %s s from the %s; no batch waits for another (section 16)"
                        .formatted(rule.size(), form.longest(), BatchedOptions.text(rule.law()));
        if (refused == 0) {
            latency(what);
        }
        double attempts = refused == 0 ? 1 / size : over(this::attempts) / size;
        double lost = refused == 0 ? 0 : splits ? refused : over(this::lost) / size;
        double carried = refused == 0 ? 1 : over(this::carried) / size;
        sheet.put("requests_per_delivery", attempts / (1 - lost), requestsFormula(), what);
        ExchangeSizes sizes = BatchWire.sizes(scenario, size);
        double handshakes = opening ? TlsBytes.toReceiver(scenario.wire()) : 0;
        sheet.put(
                "bytes_per_delivery",
                (attempts * (sizes.request() + sizes.fullAnswer() + handshakes) + carried * sizes.perEvent())
                        / (1 - lost),
                refused == 0 ? "(q_w + a)/E[size] + s" : "((q_w + a) attempts + s events in them) / (1 - lost)",
                "%.0f bytes a webhook besides its events, on this program's surface (section 4); %s"
                        .formatted(sizes.request() + sizes.fullAnswer(), what));
        sheet.put(
                "lost_ratio",
                lost,
                refused == 0 ? "0" : splits ? "π" : "E[size (1 - (1-π)^size)]/E[size]",
                "π = %s of the events are refused; %s".formatted(refused, what));
        sheet.requests(arrivals.rate() * attempts, refused == 0 ? "N λ/E[size]" : "N λ E[attempts]/E[size]", what);
        sheet.put("rate_limited_requests_per_s", 0, "0", "webhooks ask nothing of the provider's interface");
        if (opening) {
            double events = arrivals.rate() * scenario.run().durationNanos() / 1e9;
            sheet.put(
                    "connections_opened",
                    scenario.events().consumers() * events * attempts,
                    "N λ run requests/event",
                    "each webhook opens one (section 13); " + what);
        }
    }

    private String requestsFormula() {
        if (refused > 0) {
            return "E[attempts at a batch] / (E[size] (1 - lost))";
        }
        return switch (rule.law()) {
            case LAST_DISPATCH -> "1/(λW + e^(-λW))";
            case WINDOW -> "(1 - e^(-λW))/(λW)";
            default -> "1/E[size]";
        };
    }

    private void latency(String what) {
        sheet.put("latency_mean_ms", 1e3 * (leg + mean()), "d + E[wait for the batch]", what);
        DoubleUnaryOperator waits = quantile();
        DoubleUnaryOperator late = p -> leg + waits.applyAsDouble(p);
        String assumption = what + "; leg d constant";
        if (quick) {
            sheet.quantilesAlone(late, "d + wait for the batch at p", assumption);
        } else {
            sheet.quantiles(late, "d + wait for the batch at p", assumption);
        }
    }

    private double over(IntToDoubleFunction value) {
        return form.overSizesFromFirstEvent(value);
    }

    private double tries() {
        return WebhookClosedForms.attempts(scenario).count();
    }

    private double anyRefused(int events) {
        return -Math.expm1(events * Math.log1p(-refused));
    }

    /** Events of a batch that are lost with one of them. */
    private double lost(int events) {
        return events * anyRefused(events);
    }

    /** Attempts at a batch and its parts. */
    private double attempts(int events) {
        return splits ? 1 + further(events) : 1 + anyRefused(events) * (tries() - 1);
    }

    /** The events in them, for each event of the batch. */
    private double carried(int events) {
        return splits ? events + furtherEvents(events) : events * attempts(events);
    }

    /** Attempts after the first: at both halves of a batch that is refused, or again at the event that is. */
    private double further(int events) {
        if (events == 1) {
            return refused * (tries() - 1);
        }
        return 2 * anyRefused(events) + further(events / 2) + further(events - events / 2);
    }

    private double furtherEvents(int events) {
        if (events == 1) {
            return refused * (tries() - 1);
        }
        return events * anyRefused(events) + furtherEvents(events / 2) + furtherEvents(events - events / 2);
    }
}
