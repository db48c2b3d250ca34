package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.TimelineSecond;
import java.util.Set;
import okhttp3.Headers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that are held open, second by second and one by one. */
class HeldConnectionsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = 100 * SECOND;
    private static final Kind LINE = new Kind("line", "lines", Begins.CONSUMER, Set.of(Kind.Trait.LASTS));
    private static final Kind POLL = new Kind("poll", "polls", Begins.CONSUMER);

    private final Recorder recorder = new Recorder(2, 1, consumer -> "c" + consumer);

    @BeforeEach
    void start() {
        recorder.start(START, 3 * SECOND);
        for (int second = 0; second < 3; second++) {
            recorder.occurred(START + second * SECOND);
        }
    }

    private Flow opened(int consumer, double second) {
        Flow flow = recorder.begin(LINE, consumer, Math.max(START, at(second)));
        flow.opened(at(second));
        return flow;
    }

    private static long at(double second) {
        return START + Math.round(second * SECOND);
    }

    private static void ended(Flow flow, double second) {
        flow.over(START, at(second), new Exchange(Ending.CUT_OFF, 200, Headers.of(), new byte[0], 10, 20, "it broke"));
    }

    @Test
    void areCountedAtTheEndOfEachSecondWhetherOpenedBeforeOrEndedAfterTheMeasuredTime() {
        Flow first = opened(0, -0.5);
        Flow second = opened(1, 0.4);
        ended(first, 1.2);
        Flow again = opened(0, 2.5);
        ended(again, 3.5);
        ended(second, 3.5);

        assertThat(recorder.record().timeline())
                .extracting(TimelineSecond::heldConnections)
                .as("the last one is the drain's")
                .containsExactly(2L, 1L, 2L, 2L);
    }

    @Test
    void areInTheJournalFromTheirOpeningToTheirEnd() {
        Flow line = opened(0, -0.5);
        line.brought(4);
        ended(line, 1.2);
        ended(opened(1, 0.2), 1);

        assertThat(recorder.journal("lines"))
                .as("of consumers that are followed")
                .containsExactly(new JournalStep(
                        "lines", 0, "", 0, Step.HELD, 4, -SECOND / 2, at(1.2) - START, 200, "it broke"));
    }

    @Test
    void whatWasNeverOpenedOrDoesNotLastIsNotHeld() {
        ended(recorder.begin(LINE, 0, START), 0.5);
        ended(recorder.begin(POLL, 0, START), 0.5);

        assertThat(recorder.record().timeline())
                .extracting(TimelineSecond::heldConnections)
                .containsOnly(0L);
        assertThat(recorder.journal("lines")).extracting(JournalStep::step).doesNotContain(Step.HELD);
    }
}
