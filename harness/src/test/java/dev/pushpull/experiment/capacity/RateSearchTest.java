package dev.pushpull.experiment.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.experiment.capacity.RateSearch.Judgement;
import dev.pushpull.scenario.CapacityFinding.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search against servers that exist only as a rule. */
class RateSearchTest {
    private final List<Double> tried = new ArrayList<>();

    /** The highest sustained rate; 0 for none. */
    private double searched(RateSearch search, DoubleFunction<Judgement> server) {
        double best = 0;
        for (OptionalDouble rate = search.next(); rate.isPresent(); rate = search.next()) {
            tried.add(rate.getAsDouble());
            assertThat(tried).as("the search ends").hasSizeLessThan(60);
            Judgement judgement = server.apply(rate.getAsDouble());
            search.tried(judgement);
            best = judgement == Judgement.SUSTAINED ? Math.max(best, rate.getAsDouble()) : best;
        }
        return best;
    }

    private static Judgement upTo(double capacity, double rate) {
        return rate <= capacity ? Judgement.SUSTAINED : Judgement.EXCEEDED;
    }

    @ParameterizedTest
    @ValueSource(doubles = {200, 201, 399, 400, 777, 12_345, 98_765.4, 1_500_000})
    void theLimitIsFoundWithinFivePercent(double capacity) {
        RateSearch search = new RateSearch(200, 2_000_000);
        double best = searched(search, rate -> upTo(capacity, rate));
        assertThat(best).isLessThanOrEqualTo(capacity).isGreaterThanOrEqualTo(capacity / 1.06);
        assertThat(search.limit()).isEqualTo(Limit.BOUND);
    }

    @Test
    void ratesDoubleUntilOneFailsTwiceAndThenCloseIn() {
        searched(new RateSearch(200, 2_000_000), rate -> upTo(1000, rate));
        assertThat(tried).startsWith(200.0, 400.0, 800.0, 1600.0, 1600.0, 1131.0, 1131.0, 951.0);
    }

    @Test
    void aRateThatFailsOnceIsTriedAgainBeforeThatIsBelieved() {
        double best = searched(
                new RateSearch(200, 2_000_000), rate -> tried.size() % 2 == 1 ? Judgement.EXCEEDED : upTo(5000, rate));
        assertThat(best).isGreaterThan(5000 / 1.06);
    }

    @Test
    void aServerThatFailsAtTheLowestRateEndsTheSearch() {
        RateSearch search = new RateSearch(200, 2_000_000);
        assertThat(searched(search, rate -> Judgement.EXCEEDED)).isZero();
        assertThat(tried).containsExactly(200.0, 200.0);
        assertThat(search.limit()).isEqualTo(Limit.UNMET);
    }

    @Test
    void whereTheDriverFallsBehindTheServersLimitIsNotFound() {
        RateSearch search = new RateSearch(200, 2_000_000);
        double best = searched(search, rate -> rate <= 3000 ? Judgement.SUSTAINED : Judgement.DRIVER_LATE);
        assertThat(best).isBetween(3000 / 1.06, 3000.0);
        assertThat(search.limit()).isEqualTo(Limit.DRIVER);
    }

    @Test
    void aDriverThatFallsBehindOnlyBeyondTheServersLimitIsOfNoMatter() {
        RateSearch search = new RateSearch(200, 2_000_000);
        searched(search, rate -> rate > 3500 ? Judgement.DRIVER_LATE : upTo(2900, rate));
        assertThat(search.limit()).isEqualTo(Limit.BOUND);
    }

    @Test
    void noMoreThanTheHighestRateIsTried() {
        RateSearch search = new RateSearch(200, 1000);
        assertThat(searched(search, rate -> Judgement.SUSTAINED)).isEqualTo(1000);
        assertThat(search.limit()).isEqualTo(Limit.HIGHEST_TRIED);
    }

    @Test
    void aSearchThatWasNotFinishedSaysSo() {
        RateSearch search = new RateSearch(200, 1000);
        search.tried(Judgement.SUSTAINED);
        assertThat(search.limit()).isEqualTo(Limit.UNFINISHED);
    }
}
