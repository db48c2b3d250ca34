package dev.pushpull.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.advice.Question.Periodic;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.Measure;
import dev.pushpull.scenario.Need;
import dev.pushpull.scenario.Objective;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalProcess;
import dev.pushpull.schedule.BurstyArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An answer takes a second or two because of what is counted here, which no busy machine changes. */
@Tag("study")
class AdvisorWorkTest {
    private static final long MONTH_NANOS = 30 * 86_400_000_000_000L;
    private static final double ISSUES = 40 / 86_400.0;
    private static final double HOURLY_5000 = 5000 / 3600.0;
    private static final Optional<Periodic> WEEKLY =
            Optional.of(new Periodic(600_000_000_000L, 7 * 86_400_000_000_000L));

    @Test
    void aThousandConsumersTakeFewPredictionsAndRuns() {
        Memo.Work work = work(new PoissonArrivals(ISSUES), 1_000, Optional.empty(), HOURLY_5000, MONTH_NANOS);

        assertThat(work.predictions()).isLessThan(6_000);
        assertThat(work.runs()).isLessThan(120);
        assertThat(work.steps()).isLessThan(8_000_000);
    }

    @Test
    void burstsAndOutagesTakeFewRuns() {
        Memo.Work work = work(bursty(ISSUES), 1_000, WEEKLY, HOURLY_5000, MONTH_NANOS);

        assertThat(work.runs()).isLessThan(200 + Flips.MOST_RUNS + 200);
        assertThat(work.steps()).isLessThan(150_000_000);
    }

    @Test
    void aRateThatExceedsLongWaitsByFarTakesNoLongRuns() {
        Memo.Work work = work(new PoissonArrivals(1), 1_000, Optional.empty(), 0, MONTH_NANOS);

        assertThat(work.steps()).isLessThan(15_000_000);
    }

    @Test
    void burstyFiftyThousandAreSimulatedByAFew() {
        Memo.Work work = work(bursty(2 / 60.0), 50_000, Optional.empty(), 2 / 60.0, MONTH_NANOS);

        assertThat(work.steps()).isLessThan(30_000_000);
    }

    @Test
    void aTraceIsReadNoOftenerThanSettingsAreTried() {
        long[] times = new long[5_000];
        SplittableRandom random = new SplittableRandom(1);
        double seconds = 0;
        for (int i = 0; i < times.length; i++) {
            times[i] = (long) (1e9 * seconds);
            seconds -= 26 * Math.log(1 - random.nextDouble());
        }
        TraceArrivals trace = TraceArrivals.of("trace", 0, times, 1, 0);
        Memo.Work work = work(trace, 1_000, Optional.empty(), HOURLY_5000, trace.spanNanos());

        assertThat(work.predictions()).isLessThan(1_500);
        assertThat(work.runs()).isLessThan(200 + Flips.MOST_RUNS + 200);
    }

    private static BurstyArrivals bursty(double rate) {
        return new BurstyArrivals(10 * rate, 60_000_000_000L, 540_000_000_000L);
    }

    private static Memo.Work work(
            ArrivalProcess arrivals, int consumers, Optional<Periodic> outage, double quota, long durationNanos) {
        Need need = Questions.need(Measure.LATENCY_P95, 60_000);
        Scenario scenario = ScenarioDraft.of(arrivals, 1).consumers(consumers).scenario();
        Question question = new Question(
                scenario.withRun(scenario.run().withDurationNanos(durationNanos)),
                DeliveryModes.all(),
                Set.of(),
                List.of(need),
                new Terms(true, true, quota, quota == 0 ? "" : quota + "/s", true, 0),
                outage,
                PriceList.NONE,
                Pricing.NONE,
                Objective.REQUESTS);
        new Advisor(question).advice();
        return question.memo().work();
    }
}
