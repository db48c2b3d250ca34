package dev.pushpull.benchmarks;

import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme.Verdict;
import dev.pushpull.signing.StandardWebhooks;
import java.util.Map;
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

/** What does a signature cost the sender, and its verification the receiver? */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignAndVerify {
    private static final long NOW_SECONDS = 1_700_000_000;
    private static final long TOLERANCE_SECONDS = 300;

    private final StandardWebhooks scheme = new StandardWebhooks();
    private final String secret = scheme.newSecret();

    @Param("1024")
    private int bodyBytes;

    private byte[] body;
    private Map<String, String> headers;

    @Setup
    public void sign() {
        body = new byte[bodyBytes];
        headers = scheme.sign(secret, "evt_1", NOW_SECONDS, Message.of(body));
        if (verifyBody() != Verdict.GENUINE) {
            throw new IllegalStateException("the signature does not verify");
        }
    }

    @Benchmark
    public Map<String, String> signBody() {
        return scheme.sign(secret, "evt_1", NOW_SECONDS, Message.of(body));
    }

    @Benchmark
    public Verdict verifyBody() {
        return scheme.verify(secret, headers::get, Message.of(body), NOW_SECONDS, TOLERANCE_SECONDS);
    }
}
