package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.ModeTraits;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lines of two modes can be told apart by everybody, and so can a measured line from an expected one. */
class ModeLooksTest {
    private static final String STYLE = Resources.shared("report.css");

    /** Apart at a glance, also for narrow lines. */
    private static final double APART = 20;

    /** Two dashes look different when the length of one differs from the other's by this factor. */
    private static final double LONGER = 1.25;

    /** Enough for bars and larger areas side by side; lines have their dashes as well. */
    private static final double TOLD_APART = 12;

    /** The colours of the modes that come with the program; others take what is left. */
    private static final int OURS = 6;

    private static final double READABLE = 4.5;

    /** The colours of the modes in one theme. */
    private static List<String> colours(boolean dark) {
        return IntStream.range(0, ModeTraits.COLOURS)
                .mapToObj(i -> colour("m" + i, dark))
                .toList();
    }

    private static String colour(String name, boolean dark) {
        Matcher declared = Pattern.compile("--" + name + ": light-dark\\((#\\w{6}), (#\\w{6})\\)")
                .matcher(STYLE);
        assertThat(declared.find()).as(name).isTrue();
        return declared.group(dark ? 2 : 1);
    }

    /** On and off in pixels; empty when solid. */
    private static List<Double> dash(int mode) {
        Matcher declared = Pattern.compile("--d" + mode + ": ([\\d. ]+|none);").matcher(STYLE);
        assertThat(declared.find()).as("the dashes of mode colour " + mode).isTrue();
        return declared.group(1).equals("none")
                ? List.of()
                : Stream.of(declared.group(1).split(" ")).map(Double::valueOf).toList();
    }

    private static boolean lookDifferent(List<Double> one, List<Double> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() != other.isEmpty();
        }
        double period = one.stream().mapToDouble(part -> part).sum();
        double otherPeriod = other.stream().mapToDouble(part -> part).sum();
        return one.size() != other.size() || Math.max(period, otherPeriod) / Math.min(period, otherPeriod) >= LONGER;
    }

    @Test
    void anyTwoModesDifferInTheirDashes() {
        for (int one = 0; one < ModeTraits.COLOURS; one++) {
            for (int other = 0; other < one; other++) {
                assertThat(lookDifferent(dash(one), dash(other)))
                        .as("dashes of %d and %d", one, other)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void pollingAndWebhooksDifferInColourToEverybody(ColourVision vision) {
        for (boolean dark : new boolean[] {false, true}) {
            assertThat(vision.distance(colour("m0", dark), colour("m1", dark)))
                    .as("dark: " + dark)
                    .isGreaterThan(APART);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyTwoOfTheSixModesDifferInLightnessWhereTheyDifferInNoHue(ColourVision vision) {
        for (boolean dark : new boolean[] {false, true}) {
            List<String> colours = colours(dark);
            for (int one = 0; one < OURS; one++) {
                for (int other = 0; other < one; other++) {
                    assertThat(vision.distance(colours.get(one), colours.get(other)))
                            .as("m%d and m%d, dark: %s", one, other, dark)
                            .isGreaterThan(TOLD_APART);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLabelInAModesColourCanBeRead(boolean dark) {
        for (String colour : colours(dark)) {
            assertThat(ColourVision.contrast(colour, colour("sheet", dark)))
                    .as(colour)
                    .isGreaterThanOrEqualTo(READABLE);
        }
        assertThat(ColourVision.contrast(colour("muted", dark), colour("sheet", dark)))
                .isGreaterThanOrEqualTo(READABLE);
    }
}
