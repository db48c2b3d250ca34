package dev.pushpull.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Arbitrary values, the same in every run. The ends of each range come more often than by chance, since most mistakes
 * are there.
 */
public final class Draws {
    private static final int ONE_IN = 10;

    private final int seed;
    private final SplittableRandom random;

    private Draws(int seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** This many different sources of values, for a parametrised test. */
    public static Stream<Draws> times(int count) {
        return IntStream.range(0, count).mapToObj(Draws::new);
    }

    /** What must hold for whatever is drawn. */
    @FunctionalInterface
    public interface Claim {
        void holds(Draws draws) throws Exception;
    }

    /** The same in one test: JUnit takes longer to tell of a thousand tests than most of them take. */
    public static void each(int count, Claim claim) throws Exception {
        for (int number = 0; number < count; number++) {
            Draws draws = new Draws(number);
            try {
                claim.holds(draws);
            } catch (AssertionError e) {
                throw new AssertionError(draws + ": " + e.getMessage(), e);
            }
        }
    }

    /** Including both ends. */
    public int number(int least, int most) {
        int end = random.nextInt(ONE_IN);
        return end == 0 ? least : end == 1 ? most : (int) random.nextLong(least, most + 1L);
    }

    /** Any value that is a number. */
    public double finite() {
        return switch (random.nextInt(ONE_IN)) {
            case 0 -> of(0.0, -0.0, 1.0, -1.0, Double.MIN_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE);
            case 1 -> random.nextDouble(-1, 1);
            default -> random.nextDouble(-1e9, 1e9);
        };
    }

    public byte[] bytes(int mostBytes) {
        byte[] bytes = new byte[number(0, mostBytes)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Characters of a range, including both ends. */
    public String text(char first, char last, int leastLength, int mostLength) {
        int length = number(leastLength, mostLength);
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append((char) number(first, last));
        }
        return text.toString();
    }

    /** One of these. */
    @SafeVarargs
    public final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    /** At most this many. */
    public <T> List<T> list(int most, Function<Draws, T> each) {
        int size = number(0, most);
        List<T> list = new ArrayList<>();
        while (list.size() < size) {
            list.add(each.apply(this));
        }
        return list;
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
