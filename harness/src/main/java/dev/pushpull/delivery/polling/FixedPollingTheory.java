package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.surface.TlsBytes;
import dev.pushpull.theory.ByteCosts;
import dev.pushpull.theory.FixedRate;
import dev.pushpull.theory.Freshness;
import dev.pushpull.theory.KeptConnections;
import dev.pushpull.theory.PollCycles;
import dev.pushpull.theory.SourceLoad;
import java.util.Optional;

/** Closed forms of polling at a fixed interval, plain and conditional (docs/theory.md sections 1 to 4, 7, 8 and 10). */
final class FixedPollingTheory {
    /** Loss below this leaves the latency of what is delivered as it is. */
    private static final double NO_LOSS = 1e-9;

    /** Further pages that add less than this to a poll are none. */
    private static final double ONE_PAGE = 1.001;

    private static final int MOST_LATTICE_POINTS = 1000;

    private final Scenario scenario;
    private final boolean conditional;
    private final ArrivalClosedForms arrivals;
    private final FigureSheet sheet;
    private final double interval;
    private final double leg;

    /** Of it, what the wire takes. */
    private final double wireLeg;

    private final KeptConnections connections;

    /** Share of polls that open a connection, but for the first. */
    private final double opening;

    /** What the leg is drawn from, unless it is constant. */
    private final Optional<Distribution> legs;

    private final double attempts;
    private final ByteCosts bytes;

    private FixedPollingTheory(Scenario scenario, boolean conditional) {
        this.scenario = scenario;
        this.conditional = conditional;
        this.arrivals = ArrivalClosedForms.of(scenario);
        this.sheet = new FigureSheet(scenario);
        this.interval = scenario.polling().intervalNanos() / 1e9;
        Scenario.Wire wire = scenario.wire();
        this.wireLeg = wire.legNanos() / 1e9;
        this.leg = scenario.network().pollResponseNanos() / 1e9 + wireLeg;
        this.connections = new KeptConnections(wire.keptNanos() / 1e9, leg + wireLeg, wire.setUpNanos() / 1e9);
        this.opening = wire.modelled() ? connections.shareOfPeriod(interval) : 0;
        this.legs = scenario.network().drawn(Scenario.Leg.POLL_RESPONSE);
        this.attempts = WebhookClosedForms.course(scenario).attempts();
        this.bytes =
                conditional ? SurfaceBytes.conditional(scenario, attempts) : SurfaceBytes.plain(scenario, attempts);
    }

    /** Plain polls. */
    static Prediction predict(Scenario scenario) {
        return new FixedPollingTheory(scenario, false).written();
    }

    /** Polls with an ETag, answered 304 when there is nothing: other bytes, else the same. */
    static Prediction predictConditional(Scenario scenario) {
        return new FixedPollingTheory(scenario, true).written();
    }

    private Prediction written() {
        sheet.put("load_factor", arrivals.rate() * interval, "λT", "the mean rate alone");
        if (scenario.wire().modelled() && !faultless()) {
            return sheet.prediction();
        }
        if (scenario.events().arrivals() instanceof TraceArrivals trace) {
            traced(trace);
        } else {
            cycles().ifPresent(this::stationary);
        }
        if (faultless()) {
            ages();
            peak();
        }
        connections();
        crossovers();
        sizes();
        return sheet.prediction();
    }

    /** The gaps between polls; empty where faults leave no closed form. */
    private Optional<PollCycles> cycles() {
        Scenario.Faults faults = scenario.faults();
        if (faultless()) {
            return Optional.of(
                    alternates() ? PollCycles.alternating(interval, connections.setUp()) : PollCycles.fixed(interval));
        }
        boolean random = faults.meanUpNanos() > 0 && faults.meanDownNanos() > 0;
        if (scenario.polling().phase() == Phase.ALIGNED
                || random && !faults.outages().isEmpty()) {
            return Optional.empty();
        }
        try {
            return random
                    ? Optional.of(PollCycles.withRandomOutages(
                            interval, faults.meanUpNanos() / 1e9, faults.meanDownNanos() / 1e9))
                    : outages();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // too many terms to be a closed form
        }
    }

    private Optional<PollCycles> outages() {
        long free = scenario.polling().intervalNanos();
        long until = -free;
        for (Scenario.Outage outage : scenario.faults().outages().stream()
                .sorted(java.util.Comparator.comparingLong(Scenario.Outage::startNanos))
                .toList()) {
            if (outage.startNanos() < until + free) {
                return Optional.empty();
            }
            until = outage.startNanos() + outage.lengthNanos();
        }
        long horizon = scenario.run().durationNanos();
        return until + free > horizon
                ? Optional.empty()
                : Optional.of(PollCycles.withOutages(
                        interval,
                        horizon / 1e9,
                        scenario.faults().outages().stream()
                                .map(outage -> outage.lengthNanos() / 1e9)
                                .toList()));
    }

    /** Whether polls look alternately sooner and later: a moment apart of which the waits depend. */
    private boolean alternates() {
        return opening == 0.5 && connections.setUp() > 0;
    }

    /** Mean bytes of handshakes a poll. */
    private double handshakes() {
        return openedAPoll() * TlsBytes.toProvider(scenario.wire());
    }

    private double openedAPoll() {
        return scenario.wire().modelled()
                ? Math.max(opening, Math.min(1, interval * 1e9 / scenario.run().durationNanos()))
                : 0;
    }

    private void connections() {
        if (scenario.wire().modelled()) {
            double polls = scenario.run().durationNanos() / 1e9 / interval;
            sheet.put(
                    "connections_opened",
                    scenario.events().consumers() * Math.max(1, polls * openedAPoll()),
                    opening == 1 ? "N run/T" : opening == 0 ? "N" : "N run/(2T)",
                    "a poll opens one when the last has been idle for longer than it is kept: T - %s ms > K; each consumer"
                                    .formatted(Math.rint(1e6 * connections.exchange()) / 1e3)
                            + " has its own (section 13)");
        }
    }

    private boolean faultless() {
        Scenario.Faults faults = scenario.faults();
        return faults.outages().isEmpty() && (faults.meanUpNanos() == 0 || faults.meanDownNanos() == 0);
    }

    private void stationary(PollCycles cycles) {
        String gaps = faultless() ? "" : "; T varies: the gaps that outages leave (section 8)";
        double found = arrivals.rate() * cycles.meanLength();
        double lost = cycles.perPoll(arrivals::lost) / found;
        waits(cycles, lost);
        costs(cycles.meanLength(), cycles.perPoll(arrivals::empty), cycles.perPoll(arrivals::requests), lost, gaps);
        sheet.put(
                "lost_ratio",
                lost,
                "E[(N-B)+] / (λT)",
                arrivals.law() + "; the B newest are kept, and every poll reads all (section 8)" + gaps);
    }

    private void waits(PollCycles cycles, double lost) {
        if (!(lost < NO_LOSS)) {
            return;
        }
        String assumption = "stationary arrivals whose phase is independent of the polls', even where all consumers"
                + " poll at the same moments; response leg v constant, or drawn and known by its mean; every page drained at once (section 1)"
                + lattice();
        if (alternates()) {
            String alternating =
                    "stationary arrivals; every other poll opens a connection, which takes S, and looks so much"
                            + " later (section 13)";
            sheet.put("latency_mean_ms", 1e3 * (cycles.meanWait() + leg), "(T^2 + S^2)/(2T) + v", alternating);
            sheet.quantiles(
                    p -> legs.isPresent() ? Double.NaN : cycles.waitQuantile(p) + leg,
                    "residual life of T-S, T+S at p, + v",
                    alternating);
        } else if (faultless()) {
            sheet.put("latency_mean_ms", 1e3 * (interval / 2 + leg), "T/2 + v", assumption);
            sheet.quantiles(this::uniformQuantile, "p T + v", assumption);
        } else {
            String outages = "stationary arrivals; polls due in an outage are not made (section 8)";
            sheet.put("latency_mean_ms", 1e3 * (cycles.meanWait() + leg), "E[C^2]/(2 E[C]) + v", outages);
            sheet.quantiles(
                    p -> legs.isPresent() ? Double.NaN : cycles.waitQuantile(p) + leg,
                    "residual life of C at p, + v",
                    outages);
        }
    }

    /**
     * Of a wait uniform over T and a leg. A leg that is drawn moves a quantile by its mean as long as the quantile lies
     * above all legs and no later than T; elsewhere it depends on more than the mean.
     */
    private double uniformQuantile(double p) {
        double quantile = p * interval + leg - wireLeg;
        boolean byMean = legs.isEmpty()
                || quantile <= interval
                        && 1e3 * quantile >= legs.get().maxMillis().orElse(0);
        return byMean ? quantile + wireLeg : Double.NaN;
    }

    /** When the periods of events and polls are commensurate, a run does not see all waits. */
    private String lattice() {
        int points = scenario.events().arrivals() instanceof PeriodicArrivals
                ? FixedRate.latticePoints(scenario.loadFactor(), MOST_LATTICE_POINTS)
                : 0;
        if (points == 0) {
            return "";
        }
        String waits = points == 1 ? "the same wait every time" : "%d waits T/%d apart".formatted(points, points);
        return ". Periods of events and polls are commensurate: a consumer sees %s, so a single run does not converge; its"
                        .formatted(waits)
                + " mean varies by %.3g ms (sd) with the phase"
                        .formatted(1e3 * FixedRate.spreadBetweenRuns(interval, points));
    }

    /** What depends on requests; {@code seconds} is the mean gap between polls. */
    private void costs(double seconds, double wasted, double requests, double lost, String gaps) {
        boolean onePage = requests < ONE_PAGE;
        double delivered = arrivals.rate() * seconds * (1 - lost);
        sheet.put("wasted_ratio", wasted, arrivals.emptyFormula(), arrivals.law() + " (section 2)" + gaps);
        String pages = onePage ? "no further pages" : "R = E[max(1, ceil(N/P))], pages of P drained";
        sheet.put(
                "requests_per_delivery",
                requests / delivered,
                (onePage ? "1" : "R") + " / " + (lost < NO_LOSS ? "(λT)" : "(λT - lost)"),
                arrivals.law() + "; " + pages + " (sections 3, 4)" + gaps);
        sheet.put(
                "bytes_per_delivery",
                bytes.polled(delivered, wasted, requests) + handshakes() / delivered,
                onePage ? "(q + e w + h (1-w)) / (λT) + s" : "(q R + e w + h (R-w)) / (λT) + s",
                "q %.0f, e %.0f, h %.0f, s %.0f bytes of this program's surface%s; w as above (section 4)"
                        .formatted(
                                bytes.request(),
                                bytes.emptyReply(),
                                bytes.pageOverhead(),
                                bytes.perEvent(),
                                handshakes() > 0
                                        ? ", and %.0f of handshakes a poll (section 13)".formatted(handshakes())
                                        : ""));
        sheet.requests(requests / seconds, onePage ? "N/T" : "N R/T", "as requests/delivery (sections 4, 10)");
        sheet.put(
                "rate_limited_requests_per_s",
                (conditional ? requests - wasted : requests) / seconds,
                conditional ? "(1-w)/T" : onePage ? "1/T" : "R/T",
                conditional ? "a 304 is free, as at GitHub (section 4)" : "every request counts (section 4)");
    }

    private void traced(TraceArrivals trace) {
        if (scenario.polling().phase() == Phase.ALIGNED || !faultless() || alternates()) {
            return;
        }
        TraceCounts counts = TraceCounts.of(trace, scenario);
        String assumption = "this very trace, averaged over a random phase of the polls";
        if (counts.lostRatio() < NO_LOSS) {
            sheet.put("latency_mean_ms", 1e3 * (interval / 2 + leg), "T/2 + v", assumption + " (section 1)");
            sheet.quantiles(this::uniformQuantile, "p T + v", assumption + " (section 1)");
        }
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
                        + handshakes() * counts.polls() / counts.delivered(),
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

    private void ages() {
        double rate = arrivals.rate();
        if (alternates() || !(arrivals.lost(interval) < NO_LOSS * rate * interval)) {
            return;
        }
        sheet.put(
                "age_of_information_ms",
                1e3 * (interval / 2 + leg + arrivals.secondsSinceLast()),
                "T/2 + v + " + arrivals.sinceLastFormula(),
                arrivals.law() + "; response leg v " + (legs.isEmpty() ? "constant" : "drawn, its mean")
                        + " (section 7)");
        if (arrivals.isPoisson() && legs.isEmpty()) {
            String assumption = "Poisson arrivals; response leg v constant (section 7)";
            sheet.put("fresh_ratio", Freshness.polled(rate, interval, leg), "e^(-λv) (1 - e^(-λT)) / (λT)", assumption);
            sheet.put(
                    "copy_age_ms",
                    1e3 * Freshness.polledAge(rate, interval, leg),
                    "v + T/2 - 1/λ + e^(-λv) (1 - e^(-λT)) / (λ^2 T)",
                    assumption);
        }
    }

    private void peak() {
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

    /** What bytes/delivery is made of, so that others can make it of another scenario. */
    private void sizes() {
        String surface = "this program's surface (section 4)";
        sheet.put("request_bytes", bytes.request(), "q", surface);
        sheet.put("empty_bytes", bytes.emptyReply(), "e", surface);
        sheet.put("page_bytes", bytes.pageOverhead(), "h", surface);
        sheet.put("event_bytes", bytes.perEvent(), "s", surface);
        sheet.put("attempt_bytes", SurfaceBytes.webhook(scenario), "q_w + a + s_w", surface);
    }

    private void crossovers() {
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
