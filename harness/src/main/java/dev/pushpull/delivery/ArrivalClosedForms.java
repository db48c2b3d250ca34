package dev.pushpull.delivery;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.WeeklyArrivals;
import dev.pushpull.theory.FixedRate;
import dev.pushpull.theory.ModulatedPoisson;
import dev.pushpull.theory.Pages;
import dev.pushpull.theory.PiecewiseRate;
import dev.pushpull.theory.Retention;
import java.util.function.IntToDoubleFunction;

/**
 * What a scenario's arrivals bring in a window of so many seconds (docs/theory.md sections 2, 3 and 8). NaN
 * where no closed form is known; always NaN for a trace, whose own times say more.
 */
public final class ArrivalClosedForms {
    /** A bound below this is a rounding error. */
    private static final double RARE = 1e-3;

    private static final double NEVER = 1e-9;

    /** So many events in a window of so many seconds. */
    private record Window(BurstyArrivals bursty, long events, double seconds) {}

    /** Each bound is the least of many, and is asked for several times by each of several modes. */
    private static final Lately<Window, Double> BOUNDS = new Lately<>(4096);

    private final ArrivalProcess arrivals;
    private final int pageLimit;
    private final int retention;
    private final long runNanos;

    private ArrivalClosedForms(ArrivalProcess arrivals, int pageLimit, int retention, long runNanos) {
        this.arrivals = arrivals;
        this.pageLimit = pageLimit;
        this.retention = retention;
        this.runNanos = runNanos;
    }

    public static ArrivalClosedForms of(Scenario scenario) {
        return new ArrivalClosedForms(
                scenario.events().arrivals(),
                scenario.polling().pageLimit(),
                scenario.events().retention(),
                scenario.run().durationNanos());
    }

    /** λ, events a second: the mean over the run. */
    public double rate() {
        return arrivals.meanRatePerSecond(runNanos);
    }

    public boolean isPoisson() {
        return arrivals instanceof PoissonArrivals;
    }

    /** The interrupted Poisson process in the terms of {@code theory}. */
    public static ModulatedPoisson modulated(BurstyArrivals bursty) {
        return new ModulatedPoisson(
                bursty.burstRatePerSecond(), 0, 1e9 / bursty.meanOnNanos(), 1e9 / bursty.meanOffNanos());
    }

    /** P(N = 0). */
    public double empty(double seconds) {
        if (arrivals instanceof BurstyArrivals bursty) {
            return modulated(bursty).empty(seconds);
        }
        if (arrivals instanceof WeeklyArrivals weekly) {
            return piecewise(weekly).empty(seconds, runNanos / 1e9);
        }
        return isPoisson()
                ? Math.exp(-rate() * seconds)
                : isPeriodic() ? FixedRate.wastedPeriodic(rate(), seconds) : Double.NaN;
    }

    private static PiecewiseRate piecewise(WeeklyArrivals weekly) {
        double hour = weekly.hourNanos() / 1e9;
        return new PiecewiseRate(weekly.ratesPerSecond(), hour, weekly.startHours() * hour);
    }

    /** The formula of {@link #empty} for an interval T. */
    public String emptyFormula() {
        if (arrivals instanceof WeeklyArrivals) {
            return "mean over t of e^(-∫λ) from t-T to t";
        }
        return isPoisson() ? "e^(-λT)" : isPeriodic() ? "max(0, 1 - λT)" : "C e^(s1 T) + (1-C) e^(s2 T)";
    }

    /** The assumptions behind it. */
    public String law() {
        if (arrivals instanceof WeeklyArrivals) {
            return "Poisson arrivals whose rate follows the hour of the week";
        }
        return isPoisson()
                ? "Poisson arrivals"
                : isPeriodic()
                        ? "one event a period, to the instant"
                        : arrivals instanceof BurstyArrivals ? "interrupted Poisson process" : "this very trace";
    }

    /** Mean requests of a poll that goes on asking while there is more. */
    public double requests(double seconds) {
        if (isPoisson()) {
            return Pages.requestsWhileMore(rate() * seconds, pageLimit, retention);
        }
        if (arrivals instanceof BurstyArrivals bursty) {
            return atLeast(bursty, pageLimit + 1L, seconds) < RARE ? 1 : Double.NaN;
        }
        if (arrivals instanceof WeeklyArrivals weekly) {
            double most = Pages.requestsWhileMore(piecewise(weekly).most() * seconds, pageLimit, retention);
            return most - 1 < RARE ? 1 : Double.NaN;
        }
        return periodic(seconds, count -> Math.max(1, Math.ceil((double) Math.min(count, retention) / pageLimit)));
    }

    /** Mean events of a window that newer ones have displaced from the provider's memory by its end. */
    public double lost(double seconds) {
        if (isPoisson()) {
            return Retention.lost(rate() * seconds, retention);
        }
        if (arrivals instanceof BurstyArrivals bursty) {
            return atLeast(bursty, retention + 1L, seconds) < NEVER ? 0 : Double.NaN;
        }
        if (arrivals instanceof WeeklyArrivals weekly) {
            return Retention.lost(piecewise(weekly).most() * seconds, retention) < NEVER ? 0 : Double.NaN;
        }
        return periodic(seconds, count -> Math.max(0, count - retention));
    }

    private static double atLeast(BurstyArrivals bursty, long events, double seconds) {
        return BOUNDS.of(
                new Window(bursty, events, seconds), () -> modulated(bursty).atLeast(events, seconds));
    }

    /** A window of a periodic stream holds floor(λt) events or one more. */
    private double periodic(double seconds, IntToDoubleFunction value) {
        double mean = rate() * seconds;
        if (!isPeriodic() || mean > Integer.MAX_VALUE - 1) {
            return Double.NaN;
        }
        int fewer = (int) Math.floor(mean);
        double more = mean - fewer;
        return (1 - more) * value.applyAsDouble(fewer) + (more == 0 ? 0 : more * value.applyAsDouble(fewer + 1));
    }

    /** Mean seconds from a random moment back to the last event: E[X^2] / (2 E[X]). */
    public double secondsSinceLast() {
        if (arrivals instanceof BurstyArrivals bursty) {
            return modulated(bursty).meanSecondsSinceLast();
        }
        return isPoisson() ? 1 / rate() : isPeriodic() ? 1 / (2 * rate()) : Double.NaN;
    }

    /** The formula of that. */
    public String sinceLastFormula() {
        return isPoisson() ? "1/λ" : isPeriodic() ? "1/(2λ)" : "E[X^2]/(2 E[X])";
    }

    private boolean isPeriodic() {
        return arrivals instanceof PeriodicArrivals;
    }
}
