package dev.pushpull.benchmarks;

import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
 * Does it pay to keep a Mac instead of looking one up for every message? All schemes with a keyed hash keep one in each
 * thread. The difference between the two, which hardly depends on the size, is the saving for each signature.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CachedMac {
    private static final String ALGORITHM = "HmacSHA256";

    @Param({"100", "1024", "24576"})
    private int bodyBytes;

    private final byte[] key = new byte[24];
    private Mac kept;
    private byte[] body;

    @Setup
    public void lookUp() throws GeneralSecurityException {
        kept = Mac.getInstance(ALGORITHM);
        body = new byte[bodyBytes];
    }

    @Benchmark
    public byte[] cached() throws GeneralSecurityException {
        return hash(kept);
    }

    @Benchmark
    public byte[] fresh() throws GeneralSecurityException {
        return hash(Mac.getInstance(ALGORITHM));
    }

    private byte[] hash(Mac mac) throws GeneralSecurityException {
        mac.init(new SecretKeySpec(key, ALGORITHM));
        return mac.doFinal(body);
    }
}
