package dev.pushpull.delivery.polling;

import static dev.pushpull.delivery.polling.FixedPollingLatency.NO_LOSS;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.theory.ByteCosts;
import dev.pushpull.theory.SourceLoad;

/** The requests and bytes of polls at a fixed interval (docs/theory.md sections 2 to 4 and 10). */
final class FixedPollingCosts {
    /** If further pages add less than this to a poll, there are none. */
    private static final double ONE_PAGE = 1.001;

    private final Scenario scenario;
    private final boolean conditional;
    private final ArrivalClosedForms arrivals;
    private final PollConnections connections;
    private final FigureSheet sheet;
    private final double interval;
    private final double attempts;
    private final ByteCosts bytes;

    FixedPollingCosts(
            Scenario scenario,
            boolean conditional,
            ArrivalClosedForms arrivals,
            PollConnections connections,
            FigureSheet sheet) {
        this.scenario = scenario;
        this.conditional = conditional;
        this.arrivals = arrivals;
        this.connections = connections;
        this.sheet = sheet;
        this.interval = scenario.polling().intervalNanos() / 1e9;
        this.attempts = WebhookClosedForms.course(scenario).attempts();
        this.bytes =
                conditional ? SurfaceBytes.conditional(scenario, attempts) : SurfaceBytes.plain(scenario, attempts);
    }

    /**
     * Figures that depend on requests.
     *
     * @param seconds the mean gap between polls that are answered
     * @param empty share of these that bring nothing
     * @param answered requests for each of them
     * @param refused polls that are refused for each of them; what they are told is taken for an empty answer
     */
    void stationary(double seconds, double empty, double answered, double refused, double lost, String gaps) {
        boolean onePage = answered < ONE_PAGE && refused == 0;
        double requests = answered + refused;
        double wasted = empty + refused;
        double delivered = arrivals.rate() * seconds * (1 - lost);
        sheet.put(
                "wasted_ratio",
                wasted / (1 + refused),
                refused == 0 ? arrivals.emptyFormula() : "(w + 1/Q) / (1 + 1/Q)",
                arrivals.law() + " (section 2)" + gaps);
        String pages = onePage ? "no further pages" : "R = E[max(1, ceil(N/P))], pages of P drained";
        sheet.put(
                "requests_per_delivery",
                requests / delivered,
                (onePage ? "1" : "R") + " / " + (lost < NO_LOSS ? "(λT)" : "(λT - lost)"),
                arrivals.law() + "; " + pages + " (sections 3, 4)" + gaps);
        sheet.put(
                "bytes_per_delivery",
                bytes.polled(delivered, wasted, requests) + connections.handshakeBytes() / delivered,
                onePage ? "(q + e w + h (1-w)) / (λT) + s" : "(q R + e w + h (R-w)) / (λT) + s",
                "q %.0f, e %.0f, h %.0f, s %.0f bytes of this program's surface%s; w as above (section 4)"
                        .formatted(
                                bytes.request(),
                                bytes.emptyReply(),
                                bytes.pageOverhead(),
                                bytes.perEvent(),
                                connections.handshakeBytes() > 0
                                        ? ", and %.0f of handshakes a poll (section 13)"
                                                .formatted(connections.handshakeBytes())
                                        : ""));
        sheet.requests(requests / seconds, onePage ? "N/T" : "N R/T", "as requests/delivery (sections 4, 10)");
        sheet.put(
                "rate_limited_requests_per_s",
                (conditional ? requests - wasted : requests) / seconds,
                conditional ? "(1-w)/T" : onePage ? "1/T" : "R/T",
                conditional ? "a 304 is free, as at GitHub (section 4)" : "every request counts (section 4)");
    }

    /** The same for a trace. */
    void traced(TraceCounts counts, String assumption) {
        sheet.put("wasted_ratio", counts.wasted(), "1 - sum min(gap, T) / run", assumption + " (section 2)");
        sheet.put("lost_ratio", counts.lostRatio(), "sum (1 - gap of B/T)+ / events", assumption + " (section 8)");
        sheet.put(
                "requests_per_delivery",
                counts.requests() / counts.delivered(),
                "polls and pages / events",
                assumption + " (section 4)");
        sheet.put(
                "bytes_per_delivery",
                bytes.polled(counts.delivered() / counts.polls(), counts.wasted(), counts.requests() / counts.polls())
                        + connections.handshakeBytes() * counts.polls() / counts.delivered(),
                "(q R + e w + h (R-w)) / (λT) + s",
                assumption + "; bytes of this program's surface (section 4)");
        double perSecond = counts.requests() / counts.polls() / interval;
        sheet.requests(perSecond, "N R/T", assumption + " (section 10)");
        sheet.put(
                "rate_limited_requests_per_s",
                perSecond - (conditional ? counts.wasted() / interval : 0),
                conditional ? "(R-w)/T" : "R/T",
                conditional ? "a 304 is free, as at GitHub (section 4)" : "every request counts (section 4)");
    }

    void peak() {
        int consumers = scenario.events().consumers();
        if (scenario.polling().phase() == Phase.ALIGNED) {
            sheet.put(
                    "source_peak_per_s",
                    consumers * Math.ceil(1 / interval),
                    "N ceil(1 s / T)",
                    "all consumers poll in the same moments; first pages alone (section 10)");
        } else if (interval >= 1) {
            sheet.put(
                    "source_peak_per_s",
                    SourceLoad.busiestSecond(consumers, interval),
                    "max of Poisson(N/T) over T/1 s",
                    "random phases, about: seconds taken as independent; first pages alone (section 10)");
        }
    }

    /** The parts of bytes/delivery, from which others can compute it for another scenario. */
    void sizes() {
        String surface = "this program's surface (section 4)";
        sheet.put("request_bytes", bytes.request(), "q", surface);
        sheet.put("empty_bytes", bytes.emptyReply(), "e", surface);
        sheet.put("page_bytes", bytes.pageOverhead(), "h", surface);
        sheet.put("event_bytes", bytes.perEvent(), "s", surface);
        sheet.put("attempt_bytes", SurfaceBytes.webhook(scenario), "q_w + a + s_w", surface);
    }

    void crossovers() {
        double crossover = 1 / attempts;
        if (arrivals.requests(crossover / arrivals.rate()) < ONE_PAGE) {
            sheet.put(
                    "crossover_requests_load_factor",
                    crossover,
                    "1 / E[A]",
                    "E[A] attempts a webhook; one page a poll (section 4)");
        }
        if (arrivals.isPoisson()
                && Double.isFinite(attempts)
                && !scenario.wire().tls()) {
            double load = bytes.crossover().orElse(Double.NaN);
            if (arrivals.requests(load / arrivals.rate()) < ONE_PAGE) {
                sheet.put(
                        "crossover_bytes_load_factor",
                        load,
                        "A/K + W0(-(B/K) e^(-A/K))",
                        "Poisson arrivals; one page a poll; A = q+h, B = h-e, K = webhook - s = %.0f bytes (section 4)"
                                .formatted(bytes.webhook() - bytes.perEvent()));
            }
        }
    }
}
