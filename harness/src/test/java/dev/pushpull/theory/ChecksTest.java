package dev.pushpull.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every closed form gives, to six digits, the value checked by independent simulation (section 12). */
class ChecksTest {
    private static final double[] LADDER = {1, 2, 4, 8, 16, 32};
    private static final ModulatedPoisson SHORT_BURSTS = new ModulatedPoisson(5, 0, 0.5, 0.005);
    private static final ModulatedPoisson LONG_BURSTS = new ModulatedPoisson(5, 0, 0.05, 0.0005);

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theFormulaGivesTheCheckedValue(String check, double expected, DoubleSupplier value) {
        double sixthDigit = expected == 0 ? 1e-12 : Math.pow(10, Math.floor(Math.log10(Math.abs(expected))) - 5);
        assertThat(value.getAsDouble()).isCloseTo(expected, within(0.51 * sixthDigit));
    }

    static Stream<Arguments> theFormulaGivesTheCheckedValue() {
        return Stream.of(delays(), waste(), pages(), longPolls(), backoff(), ages(), outages(), queues(), streams())
                .flatMap(stream -> stream);
    }

    private static Stream<Arguments> delays() {
        PollCycles fixed = PollCycles.fixed(1);
        double leg = 0.03;
        return Stream.of(
                check("mean T/2+v", 0.53, () -> fixed.meanWait() + leg),
                check("p50", 0.53, () -> fixed.waitQuantile(0.5) + leg),
                check("p90", 0.93, () -> fixed.waitQuantile(0.9) + leg),
                check("p99", 1.02, () -> fixed.waitQuantile(0.99) + leg),
                check("CDF, leg exponential, 0.5", 0.316417, () -> FixedRate.delayAtMost(0.5, 1, 0.2)),
                check("CDF, leg exponential, 1.0", 0.801348, () -> FixedRate.delayAtMost(1.0, 1, 0.2)),
                check("CDF, leg exponential, 1.3", 0.955675, () -> FixedRate.delayAtMost(1.3, 1, 0.2)),
                check("oldest, 0.5", 0.541494, () -> FixedRate.oldestWait(0.5, 1)),
                check("newest, 0.5", 0.458506, () -> FixedRate.newestWait(0.5, 1)),
                check("oldest, 3", 0.719062, () -> FixedRate.oldestWait(3, 1)),
                check("newest, 3", 0.280938, () -> FixedRate.newestWait(3, 1)),
                check("fixed delay, mean wait", 0.684615, () -> FixedRate.meanWaitFixedDelay(1, 0.3)));
    }

    private static Stream<Arguments> waste() {
        return Stream.of(
                check("Poisson 0.05", 0.951229, () -> Math.exp(-0.05)),
                check("periodic 2.646", 0.622036, () -> FixedRate.wastedPeriodic(1 / Math.sqrt(7), 1)),
                check("periodic 3.333", 0.7, () -> FixedRate.wastedPeriodic(0.3, 1)),
                check("periodic 1", 0, () -> FixedRate.wastedPeriodic(1, 1)),
                check("periodic 0.4", 0, () -> FixedRate.wastedPeriodic(2.5, 1)),
                check("MMPP2(5,0,0.5,0.05)", 0.884288, () -> new ModulatedPoisson(5, 0, 0.5, 0.05).empty(1)),
                check("MMPP2(5,0,5,0.5)", 0.767183, () -> new ModulatedPoisson(5, 0, 5, 0.5).empty(1)),
                check("MMPP2(4,0.1,0.2,0.1)", 0.580054, () -> new ModulatedPoisson(4, 0.1, 0.2, 0.1).empty(1)),
                check("MMPP2(4,0.1,0.2,0.1) rate", 1.4, () -> new ModulatedPoisson(4, 0.1, 0.2, 0.1).rate()),
                check("batches", 0.904837, () -> FixedRate.wastedBatches(0.5, 1, 5)),
                check("fixed delay", 0.410401, () -> FixedRate.wastedFixedDelay(0.7, 1, 0.3)));
    }

    private static Stream<Arguments> pages() {
        Pages.OnePageAPoll one = Pages.onePageAPoll(0.8, 1);
        Pages.OnePageAPoll five = Pages.onePageAPoll(4.5, 5);
        Pages.OnePageAPoll three = Pages.onePageAPoll(2, 3);
        return Stream.of(
                check("P=1 backlog", 1.6, () -> one.meanBacklog()),
                check("P=1 waste", 0.2, () -> one.wasted()),
                check("P=5 backlog", 3.49513, () -> five.meanBacklog()),
                check("P=5 waste", 0.00403836, () -> five.wasted()),
                check("P=5 mean delay", 1.2767, () -> five.meanWait(4.5, 1)),
                check("P=3 backlog", 0.46853, () -> three.meanBacklog()),
                check("P=3 waste", 0.103123, () -> three.wasted()),
                check("buffer 10 at 10", 0.12511, () -> Retention.lost(10, 10) / 10),
                check("buffer 10 at 8", 0.053233, () -> Retention.lost(8, 10) / 8),
                check("buffer 10 at 15", 0.342456, () -> Retention.lost(15, 10) / 15));
    }

    private static Stream<Arguments> longPolls() {
        LongPoll rare = new LongPoll(0.05, 30, 0.1);
        LongPoll often = new LongPoll(1, 30, 0.1);
        LongPoll faster = new LongPoll(5, 30, 0.1);
        LongPoll shortWait = new LongPoll(0.2, 2, 0.5);
        return Stream.of(
                check("waste", 0.222017, () -> rare.wasted()),
                check("requests", 1.28535, () -> rare.requestsPerEvent()),
                check("mean wait", 0.000321339, () -> rare.meanWait()),
                check("requests, 1/s", 0.995186, () -> often.requestsPerEvent()),
                check("mean wait, 1/s", 0.00497593, () -> often.meanWait()),
                check("p99, 1/s", 0.0899516, () -> often.waitQuantile(0.99)),
                check("requests, 5/s", 0.903726, () -> faster.requestsPerEvent()),
                check("mean wait, 5/s", 0.0225931, () -> faster.meanWait()),
                check("p99, 5/s", 0.0977869, () -> faster.waitQuantile(0.99)),
                check("waste, H=2", 0.606531, () -> shortWait.wasted()),
                check("requests, H=2", 2.51063, () -> shortWait.requestsPerEvent()),
                check("mean wait, H=2", 0.0627657, () -> shortWait.meanWait()),
                check("p99, H=2", 0.480085, () -> shortWait.waitQuantile(0.99)));
    }

    private static Stream<Arguments> backoff() {
        return Stream.concat(
                Stream.of(
                                new double[] {0.02, 0.823638, 4.57627, 11.5461, 0.200701},
                                new double[] {0.2, 0.6249, 1.73856, 2.84756, 0.000762505},
                                new double[] {2, 0.121122, 0.444253, 0.617314, 1.04153e-27})
                        .flatMap(row -> {
                            PollCycles cycles = PollCycles.backoff(LADDER, row[0]);
                            return Stream.of(
                                    check("waste", row[1], () -> cycles.perPoll(length -> Math.exp(-row[0] * length))),
                                    check("waste by 1 - π_0", row[1], () -> 1 - cycles.share(0)),
                                    check("requests", row[2], () -> 1 / (row[0] * cycles.meanLength())),
                                    check("mean wait", row[3], () -> cycles.meanWait()),
                                    check("π_m", row[4], () -> cycles.share(5)));
                        }),
                Stream.of(
                        check(
                                "IPP waste",
                                0.894853,
                                () -> ModulatedBackoff.of(LADDER, SHORT_BURSTS).wasted()),
                        check("IPP requests", 0.988856, () -> requests(SHORT_BURSTS)),
                        check(
                                "IPP wait",
                                13.0544,
                                () -> ModulatedBackoff.of(LADDER, SHORT_BURSTS).meanWait()),
                        check(
                                "long IPP waste",
                                0.85727,
                                () -> ModulatedBackoff.of(LADDER, LONG_BURSTS).wasted()),
                        check("long IPP requests", 0.768227, () -> requests(LONG_BURSTS)),
                        check(
                                "long IPP wait",
                                6.26474,
                                () -> ModulatedBackoff.of(LADDER, LONG_BURSTS).meanWait())));
    }

    private static double requests(ModulatedPoisson arrivals) {
        return 1 / (arrivals.rate() * ModulatedBackoff.of(LADDER, arrivals).meanInterval());
    }

    private static Stream<Arguments> ages() {
        double mean = 0.3;
        return Stream.of(
                check("poll, newest", 3.3, () -> PollCycles.fixed(2).meanWait() + 0.3 + 1 / 0.5),
                check("poll, current", 0.544071, () -> Freshness.polled(0.5, 2, 0.3)),
                check("poll, copy", 0.388142, () -> Freshness.polledAge(0.5, 2, 0.3)),
                check("push, current", 0.860708, () -> Freshness.pushed(0.5, 0.3)),
                check("push, copy", 0.021416, () -> Freshness.pushedAge(0.5, 0.3)),
                check(
                        "push, newest, exponential delay",
                        2.27997,
                        () -> Freshness.pushedInformationAge(0.5, x -> x + mean * Math.expm1(-x / mean))));
    }

    private static Stream<Arguments> outages() {
        Attempts fifteen = new Attempts(new double[] {0, 1, 2, 4, 8}, 0);
        Attempts thirtyOne = new Attempts(new double[] {0, 1, 2, 4, 8, 16}, 0);
        Attempts seven = new Attempts(new double[] {0, 1, 2, 4}, 0);
        return Stream.of(
                check("D=10 delay", 8, () -> fifteen.duringOutage(10).meanDelay()),
                check("D=10 attempts", 3.9, () -> fifteen.duringOutage(10).attempts()),
                check("D=31 delay", 21, () -> thirtyOne.duringOutage(31).meanDelay()),
                check("D=31 attempts", 5.16129, () -> thirtyOne.duringOutage(31).attempts()),
                check(
                        "D=50 lost",
                        380,
                        () -> 20 * 50 * thirtyOne.duringOutage(50).lost()),
                check("D=50 delay", 21, () -> thirtyOne.duringOutage(50).meanDelay()),
                check("D=50 attempts", 5.48, () -> thirtyOne.duringOutage(50).attempts()),
                check("alternating", 0.0236104, () -> seven.course(0, 50, 5).lost()),
                check("attempts", 1.1111, () -> fifteen.course(0.1, 0, 0).attempts()));
    }

    private static Stream<Arguments> queues() {
        return Stream.of(
                check("M/D/1", 1.16667, () -> Queues.meanWait(0.7, 1, 1)),
                check("M/M/1", 2.33333, () -> Queues.meanWait(0.7, 1, 2)),
                check("M/LogN/1", 5.83333, () -> Queues.meanWait(0.7, 1, 5)),
                check("M/M/1 p99", 15.3506, () -> Queues.sojournQuantile(0.7, 1, 0.99)),
                check("batches of 5", 15.6667, () -> Queues.meanWait(0.7, 1, 2) + Queues.batchWait(5, 45, 1, 0.7)),
                check("serial fan-out", 0.765, () -> Queues.serialFanOut(1, 20, 0.03)));
    }

    private static Stream<Arguments> streams() {
        StreamCycle longLives = StreamCycle.constantGap(20, 1);
        StreamCycle shortLives = StreamCycle.constantGap(5, 0.5);
        StreamCycle silent = StreamCycle.constantGap(StreamCycle.lifeUntilSilence(0.5, 4), 0.3);
        return Stream.of(
                check("stream mean wait", 0.0238095, longLives::meanWait),
                check("stream down", 0.047619, longLives::shareDown),
                check("stream connections", 0.0952381, () -> longLives.perEvent(0.5)),
                check("stream p99", 0.79, () -> longLives.waitQuantile(0.99)),
                check("stream mean wait, short lives", 0.0227273, shortLives::meanWait),
                check("stream down, short lives", 0.0909091, shortLives::shareDown),
                check("stream connections, short lives", 0.0909091, () -> shortLives.perEvent(2)),
                check("stream p99, short lives", 0.445, () -> shortLives.waitQuantile(0.99)),
                check(
                        "stream mean wait, exponential gaps",
                        0.0909091,
                        () -> StreamCycle.exponentialGap(10, 0, 1).meanWait()),
                check(
                        "newest 6 replayed",
                        0.0373635,
                        () -> StreamCycle.constantGap(10, 1).lostBeyond(10, 6)),
                check(
                        "last 1.2 s replayed",
                        0.0363636,
                        () -> StreamCycle.constantGap(20, 2).lostOlderThan(1.2)),
                check("life until silence", 12.7781, () -> StreamCycle.lifeUntilSilence(0.5, 4)),
                check(
                        "life until silence, 10 s at most",
                        7.99439,
                        () -> StreamCycle.lifeUntilSilenceWithin(0.5, 4, 10)),
                check(
                        "life until silence, 30 s at most",
                        12.1510,
                        () -> StreamCycle.lifeUntilSilenceWithin(0.5, 4, 30)),
                check("connections, ended by silence", 0.152927, () -> silent.perEvent(0.5)),
                check("mean wait, ended by silence", 0.00344086, silent::meanWait),
                check("heartbeats when idle", 1.21637, () -> StreamCycle.heartbeatsWhenIdle(0.2, 3)),
                check("age of the newest byte, idle", 1.35089, () -> StreamCycle.ageOfNewestByteWhenIdle(0.2, 3)),
                check("age of the newest byte", 1.2401, () -> StreamCycle.ageOfNewestByte(0.2, 3)),
                check("storm, slowly", 5, () -> StreamCycle.meanWaitOfStorm(1000, 10, 200)),
                check("storm, at once", 2.5, () -> StreamCycle.meanWaitOfStorm(1000, 1, 200)));
    }

    private static Arguments check(String name, double expected, DoubleSupplier value) {
        return Arguments.of(name, expected, value);
    }
}
