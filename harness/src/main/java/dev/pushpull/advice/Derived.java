package dev.pushpull.advice;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Usage;
import java.math.BigDecimal;
import java.util.OptionalDouble;

/** Figures that follow from others, in the same way whether those were predicted, simulated or measured. */
final class Derived {
    /** Requests and, on held connections, frames: what modes are compared by that hold connections or do not. */
    static final String EXCHANGES = Objective.REQUESTS.column();

    private final Question question;
    private final DeliveryMode mode;
    private final Scenario scenario;

    Derived(Question question, DeliveryMode mode, Scenario scenario) {
        this.question = question;
        this.mode = mode;
        this.scenario = scenario;
    }

    /**
     * What a mode asks of both sides; NaN where unknown.
     *
     * @param asked requests a second from all consumers to the provider
     * @param sent requests a second from the provider to all consumers
     * @param counted requests a second of one consumer that count against its quota
     * @param held connections held open
     * @param frames on held connections, for each delivery
     */
    record Load(double asked, double sent, double counted, double held, double frames) {}

    /** Adds them to a sheet that has the share of lost events and the bytes a delivery. */
    void write(Figures.Sheet sheet, Load load) {
        int consumers = scenario.events().consumers();
        double rate = scenario.events().arrivals().ratePerSecond() * consumers;
        Figures so = sheet.of(Figures.Kind.PREDICTED);
        double delivered = rate * (1 - so.values().getOrDefault("lost_ratio", 0.0));
        double all = load.asked() + load.sent();
        double frames = load.frames() * delivered;
        sheet.put("provider_requests_per_second", load.asked(), "requests that consumers make", "");
        sheet.put("monthly_requests", all * Usage.MONTH_SECONDS, "requests a second, times 2592000 s", "");
        sheet.put(EXCHANGES, all + frames, "requests and frames of all consumers", "");
        sheet.put("held_connections", load.held(), "connections kept busy at a time", "");
        sheet.put(
                "wakeups_per_hour",
                (all + frames) / consumers * 3600,
                "(requests + frames) / N, times 3600 s",
                "each request and each frame on a held connection wakes a consumer");
        double quota = question.terms().quotaPerSecond();
        if (quota > 0) {
            sheet.put(
                    "quota_share",
                    load.counted() / quota,
                    "counted requests of one consumer / Q",
                    "Q = " + question.terms().quotaText() + ", one for each stream");
        }
        Usage usage = new Usage(
                mode.traits(),
                load.asked(),
                load.sent(),
                frames,
                load.held(),
                so.value("bytes_per_delivery") * delivered,
                scenario.events().payloadBytes());
        costs(sheet, usage, all * Usage.MONTH_SECONDS);
    }

    private void costs(Figures.Sheet sheet, Usage usage, double monthly) {
        Pricing pricing = question.pricing();
        double listed = question.prices().consumer().isEmpty()
                ? 0
                : usage.bill(question.prices().consumer(), Usage.Side.CONSUMER);
        double named = 0;
        if (pricing.isNamed()) {
            OptionalDouble total = Double.isFinite(monthly)
                    ? pricing.total(mode.name(), new BigDecimal(monthly))
                    : OptionalDouble.empty();
            named = total.orElse(Double.NaN);
        }
        if (question.hasPrices()) {
            sheet.put(
                    "monthly_cost_consumer",
                    listed + named,
                    "sum over meters of units a month, free ones first, times their prices",
                    "all consumers are one account; a month of 30 days");
        }
        if (!question.prices().provider().isEmpty()) {
            sheet.put(
                    "monthly_cost_provider",
                    usage.bill(question.prices().provider(), Usage.Side.PROVIDER),
                    "sum over meters of units a month, free ones first, times their prices",
                    "a month of 30 days");
        }
    }
}
