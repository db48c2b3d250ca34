package dev.pushpull.benchmarks;

import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureScheme.Verdict;
import dev.pushpull.signing.SignatureSchemes;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a signature cost the sender, and its verification the receiver, by scheme and size of the body? Compared
 * with the tens of microseconds of a {@link WebhookRoundTrip}, this shows whether signing can be neglected.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignAndVerify {
    private static final long NOW_SECONDS = 1_700_000_000;
    private static final long TOLERANCE_SECONDS = 300;
    private static final String ENDPOINT = "https://shop.example/webhooks/0";

    @Param({"standard-webhooks", "stripe", "github", "gitlab", "shopify", "twilio", "slack"})
    private String scheme;

    /** The small, the ordinary and the largest body in a vendor's documentation. */
    @Param({"100", "1024", "24576"})
    private int bodyBytes;

    private SignatureScheme signing;
    private String secret;
    private Message message;
    private Map<String, String> headers;

    @Setup
    public void sign() {
        signing = SignatureSchemes.named(scheme).orElseThrow();
        secret = signing.newSecret();
        byte[] body = new byte[bodyBytes];
        message = Message.of(body, signing.target(ENDPOINT, body));
        headers = new TreeMap<>();
        signBody().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        if (verifyBody() != Verdict.GENUINE) {
            throw new IllegalStateException("the signature does not verify");
        }
    }

    @Benchmark
    public Map<String, String> signBody() {
        return signing.sign(secret, "evt_1", NOW_SECONDS, message);
    }

    @Benchmark
    public Verdict verifyBody() {
        return signing.verify(secret, headers::get, message, NOW_SECONDS, TOLERANCE_SECONDS);
    }
}
