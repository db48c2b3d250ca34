package dev.pushpull.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.schedule.InFlightLimit.Start;
import dev.pushpull.schedule.Seeds.Purpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InFlightLimitTest {
    /** The same rules in the simplest form: one list in order of arrival, searched from its start. */
    private static final class Model {
        final int maxPerKey;
        final int maxInAll;
        final List<Start<Integer, Integer>> waiting = new ArrayList<>();
        final Map<Integer, Integer> underWay = new HashMap<>();
        int mostWaiting;
        long heldByKey;
        long heldInAll;

        Model(int maxPerKey, int maxInAll) {
            this.maxPerKey = maxPerKey;
            this.maxInAll = maxInAll;
        }

        int underWayInAll() {
            return underWay.values().stream().mapToInt(Integer::intValue).sum();
        }

        void offer(int key, int item) {
            Map<Integer, Integer> wouldBeUnderWay = new HashMap<>(underWay);
            for (Start<Integer, Integer> earlier : waiting) {
                wouldBeUnderWay.computeIfPresent(earlier.key(), (k, count) -> Math.min(count + 1, maxPerKey));
                wouldBeUnderWay.putIfAbsent(earlier.key(), 1);
            }
            if (wouldBeUnderWay.getOrDefault(key, 0) >= maxPerKey) {
                heldByKey++;
            } else if (wouldBeUnderWay.values().stream()
                            .mapToInt(Integer::intValue)
                            .sum()
                    >= maxInAll) {
                heldInAll++;
            }
            waiting.add(new Start<>(key, item));
            mostWaiting = Math.max(mostWaiting, waiting.size());
        }

        Start<Integer, Integer> next() {
            for (Start<Integer, Integer> candidate : waiting) {
                if (underWayInAll() < maxInAll && underWay.getOrDefault(candidate.key(), 0) < maxPerKey) {
                    waiting.remove(candidate);
                    underWay.merge(candidate.key(), 1, Integer::sum);
                    return candidate;
                }
            }
            return null;
        }

        void finished(int key) {
            underWay.merge(key, -1, Integer::sum);
        }

        void withdraw(int key, Predicate<Integer> unwanted) {
            waiting.removeIf(one -> one.key() == key && unwanted.test(one.item()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,4", "2,3", "3,3", "5,2", "2,100"})
    void everyOrderOfOperationsKeepsTheBoundsAndTheOrder(int maxPerKey, int maxInAll) {
        for (int replicate = 0; replicate < 20; replicate++) {
            RandomGenerator random = new Seeds(maxPerKey).generator(Purpose.REPLICATE, replicate);
            InFlightLimit<Integer, Integer> limit = new InFlightLimit<>(maxPerKey, maxInAll);
            Model model = new Model(maxPerKey, maxInAll);
            List<Integer> started = new ArrayList<>();
            for (int step = 0; step < 1_000; step++) {
                int choice = random.nextInt(11);
                if (choice < 4) {
                    int key = random.nextInt(4);
                    limit.offer(key, step);
                    model.offer(key, step);
                } else if (choice == 10) {
                    int key = random.nextInt(4);
                    int rest = random.nextInt(3);
                    limit.withdraw(key, item -> item % 3 == rest);
                    model.withdraw(key, item -> item % 3 == rest);
                } else if (choice < 7 || started.isEmpty()) {
                    Start<Integer, Integer> start = limit.next();
                    assertThat(start).isEqualTo(model.next());
                    if (start != null) {
                        started.add(start.key());
                    }
                } else {
                    int key = started.remove(random.nextInt(started.size()));
                    limit.finished(key);
                    model.finished(key);
                }
                assertThat(limit.underWay()).isEqualTo(model.underWayInAll()).isLessThanOrEqualTo(maxInAll);
                assertThat(model.underWay.values()).allMatch(count -> count <= maxPerKey);
                assertThat(limit.waiting()).isEqualTo(model.waiting.size());
                assertThat(limit.mostWaiting()).isEqualTo(model.mostWaiting);
                assertThat(limit.heldByKey()).isEqualTo(model.heldByKey);
                assertThat(limit.heldInAll()).isEqualTo(model.heldInAll);
            }
        }
    }

    @Test
    void aKeyAtItsLimitLetsTheOthersPass() {
        InFlightLimit<String, Integer> limit = new InFlightLimit<>(1, 10);
        limit.offer("slow", 1);
        limit.offer("slow", 2);
        limit.offer("slow", 3);
        limit.offer("quick", 4);
        assertThat(limit.next()).isEqualTo(new Start<>("slow", 1));
        assertThat(limit.next()).isEqualTo(new Start<>("quick", 4));
        assertThat(limit.next()).isNull();
        limit.finished("slow");
        assertThat(limit.next()).isEqualTo(new Start<>("slow", 2));
    }

    @Test
    void whatWaitsForTheLimitInAllStartsInTheOrderItCame() {
        InFlightLimit<String, Integer> limit = new InFlightLimit<>(2, 1);
        limit.offer("a", 0);
        limit.offer("a", 1);
        limit.offer("a", 2);
        limit.offer("b", 3);
        List<Integer> order = new ArrayList<>();
        for (Start<String, Integer> start = limit.next(); start != null; start = limit.next()) {
            order.add(start.item());
            limit.finished(start.key());
        }
        assertThat(order).containsExactly(0, 1, 2, 3);
    }

    @Test
    void onlyWhatTheLimitInAllReallyHeldCountsAsHeldByIt() {
        InFlightLimit<String, Integer> limit = new InFlightLimit<>(1, 3);
        for (int i = 0; i < 10; i++) {
            limit.offer("slow", i);
        }
        limit.next();
        limit.offer("quick", 10); // nine wait, but only for their own key: this one can start at once
        assertThat(limit.next()).isEqualTo(new Start<>("quick", 10));
        assertThat(limit.heldByKey()).isEqualTo(9);
        assertThat(limit.heldInAll()).isZero();
    }

    @Test
    void limitsBelowOneAreRefused() {
        // nothing would ever start
        assertThatThrownBy(() -> new InFlightLimit<>(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new InFlightLimit<>(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
