package dev.pushpull.report.shared;

import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.WebhookSender;
import java.util.Optional;

/** The text that says what sent the webhooks of a live run. */
public final class SenderText {
    private SenderText() {}

    /** Empty if none were sent. */
    public static Optional<String> of(RunRecord run) {
        if (run.outcomes().stream().noneMatch(outcome -> outcome.traits().sends() && !outcome.simulated())) {
            return Optional.empty();
        }
        return Optional.of(
                run.scenario().webhooks().sender() == WebhookSender.OKHTTP ? "OkHttp" : "pushpull's own client");
    }

    /** The same, to be appended to a sentence; empty if none were sent. */
    public static String appended(RunRecord run) {
        return of(run).map(sender -> ", webhooks sent by " + sender).orElse("");
    }
}
