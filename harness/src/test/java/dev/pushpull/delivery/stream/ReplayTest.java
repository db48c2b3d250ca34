package dev.pushpull.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1000 * SECOND;

    /** 250 events of one stream, a second apart, the newest a second ago; every tenth is followed by another stream's. */
    private final EventLog log = log();

    private static EventLog log() {
        EventLog log = new EventLog(1000);
        for (int number = 1; number <= 250; number++) {
            append(log, "c0", NOW - (251 - number) * SECOND);
            if (number % 10 == 0) {
                append(log, "c1", NOW - (251 - number) * SECOND);
            }
        }
        return log;
    }

    private static void append(EventLog log, String stream, long nanos) {
        log.append(new EventDraft("evt", stream, "test.event", nanos, "{}"));
    }

    @Test
    void allIsWhatCameAfterTheNewestThatTheConsumerHolds() {
        assertThat(continued("all", 17)).isEqualTo(17);
        assertThat(continued("all", 250)).isEqualTo(250);
    }

    @Test
    void noneContinuesWithTheNextEvent() {
        assertThat(continued("none", 17)).isEqualTo(250);
    }

    @Test
    void aNumberIsThatOfTheNewestEvents() {
        assertThat(continued("200", 17)).isEqualTo(50);
        assertThat(continued("200", 60)).as("fewer were missed").isEqualTo(60);
    }

    @Test
    void aDurationIsHowOldAnEventMayBe() {
        assertThat(continued("2m", 0)).isEqualTo(130);
        assertThat(continued("1s", 0)).isEqualTo(249);
        assertThat(continued("500ms", 0)).as("all are older").isEqualTo(250);
        assertThat(continued("2m", 200)).isEqualTo(200);
    }

    @Test
    void ofAllStreamsPlacesAreCounted() {
        assertThat(Replay.read("--replay", "1s").continuesAfter(log, null, 0, NOW))
                .isEqualTo(273);
        assertThat(Replay.read("--replay", "5").continuesAfter(log, null, 0, NOW))
                .isEqualTo(270);
    }

    @Test
    void aStreamWithoutEventsBeginsWithItsFirst() {
        for (String replay : new String[] {"all", "none", "5", "1m"}) {
            assertThat(Replay.read("--replay", replay).continuesAfter(log, "c7", 0, NOW))
                    .isZero();
        }
    }

    private long continued(String replay, long after) {
        return Replay.read("--replay", replay).continuesAfter(log, "c0", after, NOW);
    }
}
