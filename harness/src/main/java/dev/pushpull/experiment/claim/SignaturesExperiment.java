package dev.pushpull.experiment.claim;

import static dev.pushpull.experiment.claim.ClaimScenario.MILLISECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.SECOND;
import static dev.pushpull.experiment.claim.ClaimScenario.WEBHOOK;

import dev.pushpull.measure.LatencyHistogram;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import dev.pushpull.scenario.ClaimFinding.Figure;
import dev.pushpull.scenario.ClaimFinding.Verdict;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Whether a signature distinguishes genuine from forged webhooks, in every scheme, and the cost of verifying one
 * compared with its delivery.
 */
final class SignaturesExperiment implements ClaimExperiment {
    private static final int BODY_BYTES = 1024;
    private static final long NOW_SECONDS = 1_700_000_000;
    private static final double CHEAP_SHARE = 0.1;

    private static final List<String> COLUMNS = List.of(
            "scheme",
            "genuine",
            "genuine_accepted",
            "altered",
            "altered_accepted",
            "verify_p50_us",
            "delivery_p50_us",
            "share_of_delivery");

    /** The result for one scheme. */
    record Tried(
            String scheme,
            long genuine,
            long genuineAccepted,
            long altered,
            long alteredAccepted,
            double verifyMicros,
            double deliveryMicros) {
        double share() {
            return verifyMicros / deliveryMicros;
        }
    }

    @Override
    public Claim claim() {
        return Claim.SIGNATURES;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        Outcome outcome = setting.compare(ClaimScenario.of(
                        20, 500 * MILLISECOND, 20, (setting.quick() ? 2 : 5) * SECOND, setting.seed(300), WEBHOOK))
                .get(WEBHOOK);
        double deliveryMicros =
                outcome.valid() ? 1000 * outcome.latency().quantileMillis(0.5).orElse(Double.NaN) : Double.NaN;
        int messages = setting.quick() ? 5_000 : 20_000;
        List<Tried> all = new ArrayList<>();
        for (String name : SignatureSchemes.names()) {
            setting.listener().phase("verifying " + name);
            setting.failIfInterrupted();
            SignatureScheme scheme = SignatureSchemes.named(name).orElseThrow();
            tried(scheme, messages, deliveryMicros, setting.seed(301)); // warms up
            all.add(tried(scheme, messages, deliveryMicros, setting.seed(302)));
        }
        EvidenceTable evidence = new EvidenceTable(
                "signatures",
                COLUMNS,
                all.stream().map(SignaturesExperiment::row).toList());
        return finding(all, evidence);
    }

    private static List<Object> row(Tried tried) {
        return Evidence.row(
                tried.scheme(),
                tried.genuine(),
                tried.genuineAccepted(),
                tried.altered(),
                tried.alteredAccepted(),
                tried.verifyMicros(),
                tried.deliveryMicros(),
                tried.share());
    }

    /** Messages of random bytes, each verified as signed and again with one bit of its body altered. */
    private static Tried tried(SignatureScheme scheme, int messages, double deliveryMicros, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String secret = scheme.newSecret();
        LatencyHistogram nanos = new LatencyHistogram();
        long accepted = 0;
        long forgedAccepted = 0;
        for (int i = 0; i < messages; i++) {
            byte[] body = new byte[BODY_BYTES];
            random.nextBytes(body);
            String url = scheme.target("http://127.0.0.1/webhooks/0", body);
            Map<String, String> headers = new HashMap<>();
            scheme.sign(secret, "evt_" + i, NOW_SECONDS, Message.of(body, url))
                    .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            long before = System.nanoTime();
            SignatureScheme.Verdict verdict =
                    scheme.verify(secret, headers::get, Message.of(body, url), NOW_SECONDS, 300);
            nanos.record(System.nanoTime() - before);
            accepted += verdict == SignatureScheme.Verdict.GENUINE ? 1 : 0;
            int bit = random.nextInt(8 * BODY_BYTES);
            body[bit / 8] ^= (byte) (1 << bit % 8);
            verdict = scheme.verify(secret, headers::get, Message.of(body, url), NOW_SECONDS, 300);
            forgedAccepted += verdict == SignatureScheme.Verdict.GENUINE ? 1 : 0;
        }
        Distribution took = nanos.distribution();
        return new Tried(
                scheme.name(),
                messages,
                accepted,
                messages,
                forgedAccepted,
                1000 * took.quantileMillis(0.5).orElse(Double.NaN),
                deliveryMicros);
    }

    static ClaimFinding finding(List<Tried> all, EvidenceTable evidence) {
        List<Figure> figures = new ArrayList<>();
        for (Tried tried : all) {
            String name = tried.scheme().replace('-', '_');
            figures.add(Figure.of(
                    "altered_accepted_" + name,
                    "of " + tried.altered(),
                    Double.NaN,
                    tried.alteredAccepted(),
                    evidence.cited("scheme", "altered", "altered_accepted")));
            figures.add(Figure.of(
                    "verify_p50_" + name,
                    "us",
                    Double.NaN,
                    tried.verifyMicros(),
                    evidence.cited("scheme", "verify_p50_us")));
        }
        Tried standard = all.get(0);
        figures.add(Figure.of(
                "verify_share_of_delivery",
                "ratio",
                Double.NaN,
                standard.share(),
                evidence.cited("scheme", "share_of_delivery")));
        List<String> leaky = all.stream()
                .filter(tried -> tried.alteredAccepted() > 0)
                .map(Tried::scheme)
                .toList();
        String reason = String.format(
                Locale.ROOT,
                "verifying 1 KiB by %s takes %.1f us, %.1f %% of a delivery of %.0f us%s; altered bodies accepted by: %s",
                standard.scheme(),
                standard.verifyMicros(),
                100 * standard.share(),
                standard.deliveryMicros(),
                dear(all),
                leaky.isEmpty() ? "none" : String.join(", ", leaky) + " (a shared token, which signs nothing)");
        Verdict verdict = verdict(all);
        return new ClaimFinding(
                Claim.SIGNATURES,
                verdict,
                verdict == Verdict.HOLDS_WHEN ? "the scheme signs the body (not " + String.join(", ", leaky) + ")" : "",
                reason,
                figures,
                List.of(evidence));
    }

    /** The schemes whose verification takes a tenth of a delivery or more, with how much; each begins with a comma. */
    static String dear(List<Tried> all) {
        return all.stream()
                .filter(tried -> tried.share() >= CHEAP_SHARE)
                .map(tried -> String.format(Locale.ROOT, ", %s %.1f %%", tried.scheme(), 100 * tried.share()))
                .collect(Collectors.joining());
    }

    /**
     * FAILS when any scheme refuses a genuine message, or altered ones pass in all schemes; HOLDS when every scheme
     * refuses every altered message and verifying takes less than a tenth of a delivery; HOLDS_WHEN only some schemes
     * do; INCONCLUSIVE when the time of a delivery is unknown, or verifying is expensive.
     */
    static Verdict verdict(List<Tried> all) {
        long leaky = all.stream().filter(tried -> tried.alteredAccepted() > 0).count();
        if (leaky == all.size() || all.stream().anyMatch(tried -> tried.genuineAccepted() < tried.genuine())) {
            return Verdict.FAILS;
        }
        if (!all.stream().allMatch(tried -> tried.share() < CHEAP_SHARE)) { // nor when there is no such share
            return Verdict.INCONCLUSIVE;
        }
        return leaky > 0 ? Verdict.HOLDS_WHEN : Verdict.HOLDS;
    }
}
