package dev.pushpull.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether times are given in seconds, minutes or milliseconds, a share stays what it is and a time grows with its unit. A
 * formula that multiplies where it should divide agrees with the right one where a time happens to be 1, and nowhere else.
 */
class UnitsOfTimeTest {
    private static final Map<String, DoubleUnaryOperator> FORMULAS = formulas();

    /** By name: a formula of times in a unit of so many seconds, and its value as a share or in that unit. */
    private static Map<String, DoubleUnaryOperator> formulas() {
        Map<String, DoubleUnaryOperator> formulas = new LinkedHashMap<>();
        formulas.put("delay below T", c -> FixedRate.delayAtMost(2 * c, 5 * c, 0.7 * c));
        formulas.put("delay above T", c -> FixedRate.delayAtMost(6 * c, 5 * c, 0.7 * c));
        formulas.put("oldest wait", c -> FixedRate.oldestWait(0.3 / c, 5 * c) / c);
        formulas.put("newest wait", c -> FixedRate.newestWait(0.3 / c, 5 * c) / c);
        formulas.put("wasted, periodic", c -> FixedRate.wastedPeriodic(0.1 / c, 5 * c));
        formulas.put("wasted, batches", c -> FixedRate.wastedBatches(0.3 / c, 5 * c, 3));
        formulas.put("wasted, fixed delay", c -> FixedRate.wastedFixedDelay(0.3 / c, 5 * c, 2 * c));
        formulas.put("mean wait, fixed delay", c -> FixedRate.meanWaitFixedDelay(5 * c, 2 * c) / c);
        formulas.put("current, polled", c -> Freshness.polled(0.3 / c, 5 * c, 2 * c));
        formulas.put("current, pushed", c -> Freshness.pushed(0.3 / c, 2 * c));
        formulas.put("age, polled", c -> Freshness.polledAge(0.3 / c, 5 * c, 2 * c) / c);
        formulas.put("age, pushed", c -> Freshness.pushedAge(0.3 / c, 2 * c) / c);
        formulas.put(
                "age of information",
                c -> Freshness.pushedInformationAge(3 / c, x -> x + 0.2 * c * Math.expm1(-x / (0.2 * c))) / c);
        formulas.put("lost by age", c -> Retention.lostByAge(0.3 / c, 50 * c, 20 * c));
        formulas.put("mean wait in a queue", c -> Queues.meanWait(0.3 / c, 2 * c, 5 * c * c) / c);
        formulas.put("sojourn", c -> Queues.sojournQuantile(0.3 / c, 2 * c, 0.9) / c);
        formulas.put("wait in a batch", c -> Queues.batchWait(3, 14, 2 * c, 0.6) / c);
        formulas.put("fan-out", c -> Queues.serialFanOut(0.3 / c, 4, 0.5 * c) / c);
        formulas.put("connections, period", c -> new KeptConnections(3 * c, 1 * c, 2 * c).shareOfPeriod(5 * c));
        formulas.put(
                "connections, Poisson", c -> new KeptConnections(60 * c, 0.02 * c, 0.03 * c).shareOfPoisson(0.1 / c));
        return formulas;
    }

    static Stream<String> names() {
        return FORMULAS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aFormulaHoldsInAnyUnitOfTime(String name) {
        DoubleUnaryOperator formula = FORMULAS.get(name);
        double inSeconds = formula.applyAsDouble(1);
        assertThat(inSeconds).isFinite().isNotZero();
        for (double unit : new double[] {1e-3, 60, 86_400}) {
            assertThat(formula.applyAsDouble(unit))
                    .as("unit %s", unit)
                    .isCloseTo(inSeconds, within(1e-9 * Math.abs(inSeconds)));
        }
    }

    /** (50 - 20) s of 0.3 events a second. */
    @Test
    void whatIsKeptForTwentySecondsOfAnOutageOfFiftyIsNotLost() {
        assertThat(Retention.lostByAge(0.3, 50, 20)).isCloseTo(9, within(1e-12));
        assertThat(Retention.lostByAge(0.3, 20, 50)).isZero();
    }

    @Test
    void batchesOfExactlyTwoMakeTheSecondWaitForTheFirst() {
        assertThat(Queues.batchWait(2, 4, 3, 0)).isEqualTo(1.5);
        assertThat(Queues.batchWait(2, 4, 3, 0.5)).isEqualTo(3);
    }

    @Test
    void aCopyPolledWholeCostsItsRequestsAndWhatTheyBring() {
        assertThat(ByteCosts.wholeState(0.5, 0.75, 100, 20, 1_000)).isEqualTo((100 + 15 + 250) / 0.5);
        assertThat(new ByteCosts(100, 50, 70, 400, 0).polled(0.5, 0.75, 1.25))
                .isEqualTo((125 + 0.75 * 50 + 0.5 * 70) / 0.5 + 400);
    }

    @Test
    void aConnectionIsOpenedAnewWhenThePeriodIsLongerThanItIsKept() {
        KeptConnections connections = new KeptConnections(3, 1, 2);
        assertThat(connections.shareOfPeriod(4)).as("idle for three seconds").isZero();
        assertThat(connections.shareOfPeriod(4.5))
                .as("idle for less only after a new one")
                .isEqualTo(0.5);
        assertThat(connections.shareOfPeriod(6)).isEqualTo(0.5);
        assertThat(connections.shareOfPeriod(6.5)).isEqualTo(1);
        assertThat(new KeptConnections(0, 1, 2).shareOfPoisson(0.1)).isEqualTo(1);
        assertThat(new KeptConnections(10, 5, 5).shareOfPoisson(1))
                .as("too many overlap")
                .isNaN();
    }

    /** In the long run an exchange is as likely to open a connection as the one before it was. */
    @Test
    void ofPoissonExchangesSoManyOpenAConnection() {
        KeptConnections connections = new KeptConnections(20, 0.001, 0.009);
        double rate = 0.1;
        double afterNew = Math.exp(-rate * 20.01) + 1 - Math.exp(-rate * 0.01);
        double afterStanding = Math.exp(-rate * 20.001) + 1 - Math.exp(-rate * 0.001);
        double share = connections.shareOfPoisson(rate);
        assertThat(share).isCloseTo(share * afterNew + (1 - share) * afterStanding, within(1e-12));
    }

    /** An attempt at once and another three seconds later, at a receiver that is down now and then. */
    @Test
    void aRetryFindsTheReceiverUpAgainWithTheProbabilityOfAChainOfTwoStates() {
        double up = 0.8; // of 40 s up and 10 s down
        double change = 1 / 40.0 + 1 / 10.0;
        double downStill = (1 - up) + up * Math.exp(-change * 3);
        Attempts.Course course = new Attempts(new double[] {0, 3}, 0).course(0, 40, 10);
        assertThat(course.attempts()).isCloseTo(1 + (1 - up), within(1e-12));
        assertThat(course.lost()).isCloseTo((1 - up) * downStill, within(1e-12));
        double delivered = 1 - course.lost();
        assertThat(course.meanDelay()).isCloseTo(3 * (1 - up) * (1 - downStill) / delivered, within(1e-12));
    }
}
