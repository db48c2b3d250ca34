package dev.pushpull.experiment.claim;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * From where on webhooks are as good as a stream, by closed form (docs/theory.md sections 4 and 14), with the defaults of
 * the command line and the legs that were measured. NaN where there is no such point.
 *
 * @param lifetimeSeconds from so long a lifetime of connections on a stream is no later than webhooks on average, within the
 *     bound of an agreement
 * @param ratePerHourOfBytes so many events make both take as many bytes: below that, heartbeats weigh more
 * @param ratePerHourOfRequests so many make both take as many requests behind an idle timeout of 60 s, without heartbeats
 */
record StreamBounds(
        DeliveryMode stream, double lifetimeSeconds, double ratePerHourOfBytes, double ratePerHourOfRequests) {
    static final long IDLE_TIMEOUT_SECONDS = 60;

    private static final double HOUR_SECONDS = 3600;
    private static final double LONGEST_SECONDS = 1e8;
    private static final double LEAST_PER_SECOND = 1e-7;
    private static final double MOST_PER_SECOND = 10;
    private static final int HALVINGS = 60;
    private static final long A_LONG_RUN_SECONDS = 1_000_000_000;
    private static final Map<String, String> WITHOUT_HEARTBEATS =
            Map.of("--heartbeat", "none", "--read-timeout", "none");

    static List<StreamBounds> of(OtherWays measured) {
        Scenario alone = measured.scenario()
                .withRun(measured.scenario().run().withDurationNanos(A_LONG_RUN_SECONDS * ClaimScenario.SECOND));
        DeliveryMode webhook = DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(measured.webhook().mode()))
                .findFirst()
                .orElseThrow();
        double pushedMillis = Reading.of(measured.webhook(), "latency_p50_ms").value();
        return OtherWays.streams().stream()
                .map(stream -> of(
                        alone,
                        stream,
                        webhook,
                        Reading.of(measured.of(stream), "latency_p50_ms").value(),
                        pushedMillis))
                .toList();
    }

    /** @param pushedMillis how late a webhook is; NaN when not known */
    static StreamBounds of(
            Scenario alone, DeliveryMode stream, DeliveryMode webhook, double streamedMillis, double pushedMillis) {
        Scenario withLeg = alone.withNetwork(new Scenario.Network(0, Math.round(1e6 * streamedMillis)));
        Scenario silent =
                behind(alone, IDLE_TIMEOUT_SECONDS * ClaimScenario.SECOND, 0).withModeOptions(WITHOUT_HEARTBEATS);
        return new StreamBounds(
                stream,
                root(
                        seconds -> predicted(stream, behind(withLeg, 0, Math.round(1e9 * seconds)), "latency_mean_ms")
                                - pushedMillis
                                - StreamsFinding.alikeMillis(pushedMillis),
                        1,
                        LONGEST_SECONDS),
                HOUR_SECONDS
                        * root(
                                rate -> predicted(stream, at(alone, rate), "bytes_per_delivery")
                                        - predicted(webhook, at(alone, rate), "bytes_per_delivery"),
                                LEAST_PER_SECOND,
                                MOST_PER_SECOND),
                HOUR_SECONDS
                        * root(
                                rate -> predicted(stream, at(silent, rate), "requests_per_delivery")
                                        - predicted(webhook, at(alone, rate), "requests_per_delivery"),
                                LEAST_PER_SECOND,
                                MOST_PER_SECOND));
    }

    private static Scenario behind(Scenario scenario, long idleNanos, long lifetimeNanos) {
        return scenario.withWire(
                scenario.wire().behind(new Middlebox("a limit", idleNanos, lifetimeNanos, 0, 0, false, 0)));
    }

    private static Scenario at(Scenario scenario, double ratePerSecond) {
        return scenario.withEvents(scenario.events().withArrivals(new PoissonArrivals(ratePerSecond)));
    }

    /** The closed form's value of a column; NaN where there is none. */
    static double predicted(DeliveryMode mode, Scenario scenario, String column) {
        return mode.predict(scenario)
                .map(prediction -> prediction.value(column).orElse(Double.NaN))
                .orElse(Double.NaN);
    }

    /** Where a falling function is zero, on a scale of factors; NaN when it is zero nowhere in between. */
    static double root(DoubleUnaryOperator falling, double least, double most) {
        if (!(falling.applyAsDouble(least) > 0 && falling.applyAsDouble(most) < 0)) {
            return Double.NaN;
        }
        double low = Math.log(least);
        double high = Math.log(most);
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (falling.applyAsDouble(Math.exp(middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.exp(high);
    }
}
