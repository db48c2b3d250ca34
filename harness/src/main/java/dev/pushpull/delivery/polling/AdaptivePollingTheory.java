package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.AdaptivePollSchedule;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.theory.ByteCosts;
import dev.pushpull.theory.ModulatedBackoff;
import dev.pushpull.theory.PollCycles;
import java.util.ArrayList;
import java.util.List;

/** Closed forms of polling that backs off while nothing comes, for Poisson and bursty arrivals (docs/theory.md section 6). */
final class AdaptivePollingTheory {
    private static final int MOST_RUNGS = 100_000;
    private static final double NO_LOSS = 1e-9;

    private AdaptivePollingTheory() {}

    static Prediction predict(Scenario scenario) {
        FigureSheet sheet = new FigureSheet(scenario);
        double[] ladder = ladder(AdaptiveOptions.schedule(scenario));
        boolean faultless =
                scenario.faults().outages().isEmpty() && scenario.faults().meanDownNanos() == 0;
        if (scenario.wire().costs() || ladder.length > MOST_RUNGS || !faultless) {
            return sheet.prediction();
        }
        ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
        if (arrivals.isPoisson()) {
            poisson(scenario, sheet, arrivals, ladder);
        } else if (scenario.events().arrivals() instanceof BurstyArrivals bursty) {
            bursty(scenario, sheet, arrivals, ladder, bursty);
        }
        return sheet.prediction();
    }

    /** T_0, T_1, ... up to the longest, in seconds. */
    static double[] ladder(AdaptivePollSchedule schedule) {
        List<Double> rungs = new ArrayList<>();
        long length;
        do {
            length = schedule.intervalNanos(rungs.size());
            rungs.add(length / 1e9);
        } while (length < schedule.mostNanos() && rungs.size() <= MOST_RUNGS);
        return rungs.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void poisson(Scenario scenario, FigureSheet sheet, ArrivalClosedForms arrivals, double[] ladder) {
        PollCycles cycles = PollCycles.backoff(ladder, arrivals.rate());
        double leg = scenario.network().pollResponseNanos() / 1e9;
        double lost = cycles.perPoll(arrivals::lost) / (arrivals.rate() * cycles.meanLength());
        String assumption = "Poisson arrivals; π_i the share of polls after T_i; leg v constant (section 6)";
        if (lost < NO_LOSS) {
            sheet.put(
                    "latency_mean_ms", 1e3 * (cycles.meanWait() + leg), "sum π T_i^2 / (2 sum π T_i) + v", assumption);
            if (scenario.network().drawn(Scenario.Leg.POLL_RESPONSE).isEmpty()) {
                sheet.quantiles(p -> cycles.waitQuantile(p) + leg, "sum π min(x,T_i) / sum π T_i = p, + v", assumption);
            }
            sheet.put(
                    "age_of_information_ms",
                    1e3 * (cycles.meanWait() + leg + 1 / arrivals.rate()),
                    "sum π T_i^2 / (2 sum π T_i) + v + 1/λ",
                    assumption + " (section 7)");
        }
        sheet.put("lost_ratio", lost, "sum π E[(N_i-B)+] / (λ sum π T_i)", assumption + "; the B newest are kept");
        double requests = cycles.perPoll(arrivals::requests);
        double wasted = cycles.perPoll(arrivals::empty);
        costs(
                scenario,
                sheet,
                new Polls(cycles.meanLength(), wasted, requests, lost),
                "1 - π_0",
                "sum π T_i",
                assumption);
    }

    private static void bursty(
            Scenario scenario, FigureSheet sheet, ArrivalClosedForms arrivals, double[] ladder, BurstyArrivals bursty) {
        ModulatedBackoff chain = ModulatedBackoff.of(ladder, ArrivalClosedForms.modulated(bursty));
        double leg = scenario.network().pollResponseNanos() / 1e9;
        double longest = ladder[ladder.length - 1];
        String assumption = "interrupted Poisson process; chain of interval and phase at the polls (section 6)";
        double lost = arrivals.lost(longest); // a shorter interval loses less
        if (lost == 0) {
            sheet.put("latency_mean_ms", 1e3 * (chain.meanWait() + leg), "E[sum of waits]/E[count] + v", assumption);
            sheet.put("lost_ratio", 0, "0", assumption + "; never more than the B newest in an interval");
        }
        Polls polls = new Polls(chain.meanInterval(), chain.wasted(), arrivals.requests(longest), lost);
        costs(scenario, sheet, polls, "share of empty blocks", "E[T]", assumption);
    }

    /** Means over all polls: seconds between them, share of empty ones, requests of each, share of events lost. */
    private record Polls(double seconds, double wasted, double requests, double lost) {}

    private static void costs(
            Scenario scenario, FigureSheet sheet, Polls polls, String wasted, String mean, String assumption) {
        double delivered = scenario.events().arrivals().ratePerSecond() * polls.seconds() * (1 - polls.lost());
        ByteCosts bytes =
                SurfaceBytes.plain(scenario, WebhookClosedForms.course(scenario).attempts());
        sheet.put("wasted_ratio", polls.wasted(), wasted, assumption);
        sheet.put("requests_per_delivery", polls.requests() / delivered, "1 / (λ " + mean + ")", assumption);
        sheet.put(
                "bytes_per_delivery",
                bytes.polled(delivered, polls.wasted(), polls.requests()),
                "(q + e w + h (1-w)) / (λ " + mean + ") + s",
                assumption + "; bytes of this program's surface (section 4)");
        double perSecond = polls.requests() / polls.seconds();
        sheet.requests(perSecond, "N / " + mean, assumption);
        sheet.put("rate_limited_requests_per_s", perSecond, "1 / " + mean, "every request counts (section 4)");
    }
}
