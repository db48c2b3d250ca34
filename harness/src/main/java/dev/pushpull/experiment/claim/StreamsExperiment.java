package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.POLLING;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.WEBHOOK;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether an event over a held connection comes sooner, and for fewer bytes, than by polling and by webhook: with nothing
 * between that ends connections, behind an idle timeout, and behind a limit of their lifetime. How long connections must
 * live, and how busy they must be, is then calculated.
 */
final class StreamsExperiment implements ClaimExperiment {
    private static final String HEARTBEAT = "--heartbeat";
    private static final String READ_TIMEOUT = "--read-timeout";
    private static final String RECONNECT = "--reconnect";
    private static final String SOON = "200ms";
    private static final Middlebox IDLE_TIMEOUT =
            new Middlebox("an idle timeout of 400 ms", 400 * MILLISECOND, 0, 0, 0, false, 0);
    private static final Middlebox LIFETIME = new Middlebox("a lifetime limit of 1 s", 0, SECOND, 0, 0, false, 0);

    private static final Limit IDLE = new Limit(
            0, "idle_limit", IDLE_TIMEOUT, Map.of(HEARTBEAT, "none", READ_TIMEOUT, "none", RECONNECT, SOON), true);
    private static final Limit KEPT_ALIVE =
            new Limit(1, "kept_alive", IDLE_TIMEOUT, Map.of(HEARTBEAT, SOON, RECONNECT, SOON), false);
    private static final Limit LIVES = new Limit(2, "life_limit", LIFETIME, Map.of(RECONNECT, SOON), true);

    /**
     * What stands between.
     *
     * @param number for the seed
     * @param ends whether it ends streams
     */
    private record Limit(int number, String name, Middlebox box, Map<String, String> options, boolean ends) {}

    @Override
    public Claim claim() {
        return Claim.STREAMS;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        OtherWays undisturbed = setting.otherWays();
        List<StreamsFinding.Case> cases = new ArrayList<>();
        for (DeliveryMode stream : OtherWays.streams()) {
            cases.add(new StreamsFinding.Case(
                    "alone", stream, false, "", undisturbed.polling(), undisturbed.webhook(), undisturbed.of(stream)));
        }
        for (Limit limit : setting.quick() ? List.of(IDLE, LIVES) : List.of(IDLE, KEPT_ALIVE, LIVES)) {
            setting.listener().phase("behind " + limit.box().name());
            cases.addAll(behind(setting, limit));
        }
        return StreamsFinding.of(cases, StreamBounds.of(undisturbed));
    }

    private static List<StreamsFinding.Case> behind(ClaimSetting setting, Limit limit)
            throws IOException, InterruptedException {
        List<DeliveryMode> streams = OtherWays.streams();
        List<String> modes = new ArrayList<>(List.of(POLLING, WEBHOOK));
        streams.forEach(stream -> modes.add(stream.name()));
        Scenario scenario = OtherWays.scenario(
                        (setting.quick() ? 2 : 5) * SECOND,
                        setting.seed(910 + limit.number()),
                        modes.toArray(String[]::new))
                .withModeOptions(limit.options());
        Map<String, Outcome> outcomes =
                setting.compare(scenario.withWire(scenario.wire().behind(limit.box())));
        return streams.stream()
                .map(stream -> new StreamsFinding.Case(
                        limit.name(),
                        stream,
                        limit.ends(),
                        "behind " + limit.box().name(),
                        outcomes.get(POLLING),
                        outcomes.get(WEBHOOK),
                        outcomes.get(stream.name())))
                .toList();
    }
}
