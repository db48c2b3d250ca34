package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.Place;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacedRecorderTest {
    @Test
    void aPartHasItsOwnConsumersOnly() {
        Place place = new Place(3, 6, "10.0.0.2", "h2", Optional.empty());
        assertThat(place.numbers(10)).containsExactly(3, 4, 5);
        assertThat(place.numbers(4)).containsExactly(3);
        assertThat(place.count(2)).isZero();
        assertThat(Place.WHOLE.numbers(2)).containsExactly(0, 1);
    }

    @Test
    void aDeliveryThatSeemsToComeBeforeItsEventByTwoClocksIsJudgedLater() {
        Recorder far =
                new Recorder(1, 0, consumer -> "", new Place(0, 1, "", "", Optional.of(there -> there - 1_000_000)));
        far.start(0, 1_000_000_000);
        far.delivered(0, 1, 3_000_000, 5_000_000, Recorder.Via.PUSH);
        far.delivered(0, 2, 9_000_000, 7_900_000, Recorder.Via.PUSH);
        assertThat(far.record().latency().count()).isEqualTo(2);
        assertThat(far.record().latency().histogram().getMaxValue()).isBetween(2_990_000L, 3_010_000L);
        assertThat(far.earliestNanos()).isEqualTo(-100_000);
        assertThat(far.record().negativeLatencies()).isZero();
    }

    @Test
    void byOneClockSuchADeliveryIsADefect() {
        Recorder near = new Recorder(1);
        near.start(0, 1_000_000_000);
        near.delivered(0, 1, 9_000_000, 8_900_000, Recorder.Via.PUSH);
        assertThat(near.record().negativeLatencies()).isEqualTo(1);
    }
}
