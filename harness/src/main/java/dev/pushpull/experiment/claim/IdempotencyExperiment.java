package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.store.Inbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Whether the same event comes twice, how that affects a receiver that recognises it and one that does not, and in
 * which order events arrive.
 */
final class IdempotencyExperiment implements ClaimExperiment {
    private static final double RATE_PER_SECOND = 100;
    private static final int ONE_ANSWER_LOST_OF = 10;
    private static final long PATIENCE_NANOS = 200 * MILLISECOND;
    private static final Scenario.Webhooks WEBHOOKS = ClaimScenario.webhooks(
            new RetrySchedule(List.of(0L, 50 * MILLISECOND, 100 * MILLISECOND, 200 * MILLISECOND), 0),
            64,
            32,
            PATIENCE_NANOS);

    private static final List<String> COLUMNS = List.of(
            "case", "events", "attempts", "duplicates", "out_of_order", "side_effects", "events_with_two_or_more");

    /** The results of one receiver. */
    record Case(String name, WebhookRig.Result result) {}

    @Override
    public Claim claim() {
        return Claim.IDEMPOTENCY;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        List<Case> cases = List.of(
                tried(setting, "all_answers_arrive", UnaryOperator.identity(), 500),
                tried(
                        setting,
                        "answers_lost_after_saving",
                        inbox -> TroubledInbox.losingAnswers(inbox, ONE_ANSWER_LOST_OF),
                        501),
                tried(
                        setting,
                        "answers_lost_and_ids_not_compared",
                        inbox -> TroubledInbox.losingAnswers(TroubledInbox.forgetting(inbox), ONE_ANSWER_LOST_OF),
                        502));
        EvidenceTable evidence = new EvidenceTable(
                "idempotency",
                COLUMNS,
                cases.stream().map(IdempotencyExperiment::row).toList());
        List<Figure> figures = new ArrayList<>();
        for (Case each : cases) {
            figures.add(
                    pushed("duplicates_" + each.name(), "of events", duplicates(each.result()), evidence, "attempts"));
            figures.add(pushed(
                    "processed_twice_" + each.name(),
                    "events",
                    each.result().repeatedEffects(),
                    evidence,
                    "events_with_two_or_more"));
            figures.add(pushed(
                    "out_of_order_" + each.name(),
                    "of events",
                    share(each.result().outOfOrder(), each.result()),
                    evidence,
                    "out_of_order"));
        }
        WebhookRig.Result careful = cases.get(1).result();
        WebhookRig.Result careless = cases.get(2).result();
        String reason = String.format(
                Locale.ROOT,
                "with one answer in %d lost, %.1f %% of the events arrive twice: a receiver that compares ids processes %d of"
                        + " %d twice, one that does not %d of %d; out of order %.1f %%, without lost answers %.1f %%",
                ONE_ANSWER_LOST_OF,
                100 * duplicates(careful),
                careful.repeatedEffects(),
                careful.effects(),
                careless.repeatedEffects(),
                careless.effects(),
                100 * share(careful.outOfOrder(), careful),
                100 * share(cases.get(0).result().outOfOrder(), cases.get(0).result()));
        return new ClaimFinding(Claim.IDEMPOTENCY, verdict(careful, careless), "", reason, figures, List.of(evidence));
    }

    private static Case tried(ClaimSetting setting, String name, UnaryOperator<Inbox> trouble, int part)
            throws IOException, InterruptedException {
        setting.listener().phase(name.replace('_', ' '));
        setting.failIfInterrupted();
        WebhookRig.Setup setup =
                new WebhookRig.Setup(new PoissonArrivals(RATE_PER_SECOND), 1, WEBHOOKS, trouble, 0, setting.seed(part));
        try (WebhookRig rig = new WebhookRig(setup)) {
            rig.observe(SECOND / 2, 2 * SECOND); // warms up
            return new Case(name, rig.observe((setting.quick() ? 2 : 5) * SECOND, 3 * SECOND));
        }
    }

    private static List<Object> row(Case each) {
        WebhookRig.Result result = each.result();
        return Evidence.row(
                each.name(),
                result.events(),
                result.attempts(),
                result.duplicates(),
                result.outOfOrder(),
                result.effects(),
                result.repeatedEffects());
    }

    private static double duplicates(WebhookRig.Result result) {
        return share(result.attempts() - result.events(), result);
    }

    private static double share(long part, WebhookRig.Result result) {
        return (double) part / result.events();
    }

    private static Figure pushed(String metric, String unit, double value, EvidenceTable evidence, String column) {
        return Figure.of(metric, unit, Double.NaN, value, evidence.cited("case", column));
    }

    /**
     * HOLDS when events come twice, a receiver that compares ids processes each once, and one that does not processes
     * some twice; FAILS when comparing ids does not help; INCONCLUSIVE when too few came twice.
     */
    static Verdict verdict(WebhookRig.Result careful, WebhookRig.Result careless) {
        if (careful.repeatedEffects() > 0 || careful.effects() < careful.events()) {
            return Verdict.FAILS;
        }
        boolean cameTwice = careful.duplicates() >= 10 && careless.repeatedEffects() >= 10;
        return cameTwice ? Verdict.HOLDS : Verdict.INCONCLUSIVE;
    }
}
