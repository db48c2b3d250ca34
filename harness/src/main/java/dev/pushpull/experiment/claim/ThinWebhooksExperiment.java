package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.claim.ThinWebhooksFinding.Lagging;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What it costs to send no more than an event's id, and what happens where reads show an event only a while after its
 * webhook. From which lag on a consumer that takes the webhook's word loses events is then calculated.
 */
final class ThinWebhooksExperiment implements ClaimExperiment {
    private static final String WHEN_NOT_VISIBLE = "--when-not-visible";
    private static final String AGAIN_AFTER = "--again-after";
    private static final String SKIP = "skip";
    private static final int LAG_MILLIS = 50;
    private static final double SELDOM_PER_SECOND = 1.0 / 60;

    @Override
    public Claim claim() {
        return Claim.THIN_WEBHOOKS;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        OtherWays atOnce = setting.otherWays();
        List<Lagging> lagging = new ArrayList<>();
        for (DeliveryMode thin : OtherWays.thin()) {
            for (String policy : List.of("again", "next-ping", SKIP)) {
                setting.listener().phase("reads that lag behind, " + policy);
                Scenario scenario = lagging(
                        OtherWays.scenario(
                                (setting.quick() ? 2 : 5) * SECOND, setting.seed(920 + lagging.size()), thin.name()),
                        LAG_MILLIS,
                        policy);
                lagging.add(new Lagging(
                        thin, LAG_MILLIS, policy, setting.compare(scenario).get(thin.name())));
            }
        }
        List<Double> losing = OtherWays.thin().stream()
                .map(thin -> losesFromMillis(thin, atOnce.scenario().withNetwork(setting.legs(thin))))
                .toList();
        return ThinWebhooksFinding.of(
                atOnce, lagging, losing.stream().min(Double::compare).orElse(Double.NaN));
    }

    private static Scenario lagging(Scenario scenario, double lagMillis, String policy) {
        return scenario.withModeOptions(Map.of(
                OtherWays.VISIBILITY_LAG,
                String.format(Locale.ROOT, "%.6fms", lagMillis),
                WHEN_NOT_VISIBLE,
                policy,
                AGAIN_AFTER,
                LAG_MILLIS + "ms"));
    }

    /**
     * From which lag on a consumer that skips what is not visible loses events, by closed form (docs/theory.md section
     * 15): the time from an event to the read for it. NaN where there is none.
     */
    static double losesFromMillis(DeliveryMode thin, Scenario scenario) {
        Scenario seldom = scenario.withEvents(scenario.events().withArrivals(new PoissonArrivals(SELDOM_PER_SECOND)));
        return StreamBounds.root(
                lagMillis -> 0.5 - StreamBounds.predicted(thin, lagging(seldom, lagMillis, SKIP), "lost_ratio"),
                1e-4,
                1e5);
    }
}
