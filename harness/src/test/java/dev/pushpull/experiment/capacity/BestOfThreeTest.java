package dev.pushpull.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.experiment.capacity.RateSearch.Tried;
import dev.pushpull.scenario.CapacityFinding.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BestOfThreeTest {
    private static final long LONGEST = 30_000_000_000L;

    private final List<Double> rates = new ArrayList<>();

    private BestOfThree searched(double saturation, BiFunction<Integer, Double, Judgement> server) {
        BestOfThree search = new BestOfThree(400, 2e6, saturation, LONGEST);
        for (OptionalDouble rate = search.next(1, 0); rate.isPresent(); rate = search.next(1, 0)) {
            Judgement judgement = server.apply(rates.size(), rate.getAsDouble());
            rates.add(rate.getAsDouble());
            assertThat(rates).as("the search ends").hasSizeLessThan(60);
            search.tried(new Tried(rate.getAsDouble(), 1, 1, judgement, judgement));
        }
        return search;
    }

    private static Judgement upTo(double limit, double rate) {
        return rate < limit ? Judgement.SUSTAINED : Judgement.EXCEEDED;
    }

    /** The figures are those of an independent program (numpy) with the same rules. */
    @Test
    void ratesAndAnswerAreThoseOfAnIndependentProgram() {
        BestOfThree search = searched(20_000, (step, rate) -> upTo(47_000, rate));
        double[] wanted = {20_000, 22_000, 26_620, 38974.342, 83544.963, 57062.334, 47158.954, 42871.776, 44964.298};
        assertThat(rates).hasSize(2 * wanted.length);
        for (int i = 0; i < rates.size(); i++) {
            assertThat(rates.get(i)).isCloseTo(wanted[i / 2], within(0.001));
        }
        assertThat(search.answer().perSecond().getAsDouble()).isCloseTo(44964.298, within(0.001));
        assertThat(search.answer().interval()).as("none is claimed").isEmpty();
        assertThat(search.limit()).isEqualTo(Limit.BOUND);
    }

    @ParameterizedTest
    @ValueSource(doubles = {500, 777, 12_345, 98_765.4, 1_500_000})
    void theLimitIsFoundWithinFivePercent(double capacity) {
        double found = searched(50_000, (step, rate) -> upTo(capacity, rate))
                .answer()
                .perSecond()
                .getAsDouble();
        assertThat(found).isLessThanOrEqualTo(capacity).isGreaterThanOrEqualTo(capacity / 1.06);
    }

    @Test
    void oneBadStepOfThreeDecidesNothing() {
        BestOfThree search = searched(50_000, (step, rate) -> step % 3 == 0 ? Judgement.EXCEEDED : upTo(47_000, rate));
        assertThat(search.answer().perSecond().getAsDouble()).isBetween(47_000 / 1.06, 47_000.0);
    }

    @Test
    void aServerThatFailsAtTheLowestRateEndsTheSearch() {
        BestOfThree search = searched(50_000, (step, rate) -> Judgement.EXCEEDED);
        assertThat(rates.get(rates.size() - 1)).isEqualTo(400);
        assertThat(search.limit()).isEqualTo(Limit.UNMET);
        assertThat(search.answer().perSecond()).isEmpty();
    }

    @Test
    void whereTheDriverFallsBehindTheAnswerIsAtLeast() {
        BestOfThree search =
                searched(20_000, (step, rate) -> rate <= 30_000 ? Judgement.SUSTAINED : Judgement.DRIVER_LATE);
        assertThat(search.limit()).isEqualTo(Limit.DRIVER);
        assertThat(search.answer().perSecond().getAsDouble()).isBetween(30_000 / 1.06, 30_000.0);
    }

    @Test
    void noMoreThanTheHighestRateIsTried() {
        BestOfThree search = searched(1_900_000, (step, rate) -> Judgement.SUSTAINED);
        assertThat(search.limit()).isEqualTo(Limit.HIGHEST_TRIED);
    }

    @Test
    void afterItsTimeItEndsWithWhatIsKnown() {
        BestOfThree search = new BestOfThree(400, 2e6, 1000, LONGEST);
        assertThat(search.next(1, 2 * LONGEST)).as("nothing is known yet").isPresent();
        search.tried(new Tried(1000, 1, 1, Judgement.SUSTAINED, Judgement.SUSTAINED));
        search.tried(new Tried(1000, 1, 1, Judgement.SUSTAINED, Judgement.SUSTAINED));
        assertThat(search.next(1, 2 * LONGEST)).isEmpty();
        assertThat(search.answer().perSecond().getAsDouble()).isEqualTo(1000);
    }
}
