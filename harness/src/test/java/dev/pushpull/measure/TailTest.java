package dev.pushpull.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The newest steps of a trial, for somebody who watches. */
class TailTest {
    private static Happened step(long sequence) {
        return new Happened(Step.RECEIVED, 0, "c0", sequence, 0, sequence, sequence, 0, "");
    }

    @Test
    void aReaderWhoKeepsUpGetsEachStepOnce() {
        Tail tail = new Tail(1);
        List<Happened> read = new ArrayList<>();
        long next = 0;
        for (int step = 0; step < 3 * Tail.KEPT; step++) {
            tail.add(step(step));
            if (step % 100 == 0) {
                Tail.Part part = tail.read(next, tail.end());
                read.addAll(part.steps());
                next = part.next();
                assertThat(part.lost()).isZero();
            }
        }
        read.addAll(tail.read(next, tail.end()).steps());

        assertThat(read).extracting(Happened::sequence).isSorted().hasSize(3 * Tail.KEPT);
    }

    @Test
    void aReaderWhoComesTooLateIsToldHowManyWereLost() {
        Tail tail = new Tail(1);
        for (int step = 0; step < Tail.KEPT + 10; step++) {
            tail.add(step(step));
        }

        Tail.Part part = tail.read(0, tail.end());
        assertThat(part.lost()).isEqualTo(10);
        assertThat(part.steps()).hasSize(Tail.KEPT);
        assertThat(part.steps().get(0)).isEqualTo(step(10));
    }

    @Test
    void aStepThatIsOverwrittenWhileItIsReadCountsAsLost() {
        Tail tail = new Tail(1);
        for (int step = 0; step < Tail.KEPT; step++) {
            tail.add(step(step));
        }
        long end = tail.end();
        tail.add(step(Tail.KEPT));

        Tail.Part part = tail.read(0, end);
        assertThat(part.lost()).isEqualTo(1);
        assertThat(part.steps()).hasSize(Tail.KEPT - 1).doesNotContain(step(0));
    }

    @Test
    void latenciesAreKnownToATenth() {
        Tail tail = new Tail(1);
        for (long nanos : List.of(0L, 15L, 16L, 1_000_000L, 2_345_678_901L, Long.MAX_VALUE)) {
            tail.delivered(nanos);
        }

        Tail.Latencies latencies = tail.latencies();
        assertThat(latencies.counts()).containsOnly(1L).hasSize(6);
        assertThat(latencies.upToNanos()).isSorted();
        assertThat(latencies.upToNanos().subList(0, 3)).containsExactly(0L, 15L, 17L);
        assertThat(latencies.upToNanos().get(3)).isBetween(1_000_000L, 1_125_000L);
        assertThat(latencies.upToNanos().get(4)).isBetween(2_345_678_901L, 2_640_000_000L);
    }

    @Test
    void aRecorderThatIsWatchedTellsWhatItsJournalKeeps() {
        Recorder recorder = new Recorder(30, 5, consumer -> "c" + consumer);
        Tail tail = recorder.watched(20);
        recorder.start(0, 1_000);
        for (int consumer = 0; consumer < 30; consumer++) {
            recorder.occurred(10, "c" + consumer, 1, "evt_" + consumer, 11, recorder.follows(consumer));
            recorder.delivered(consumer, 1, 10, 20, Recorder.Via.PUSH);
        }

        assertThat(tail.consumers()).isEqualTo(5);
        List<JournalStep> kept = recorder.journal("mode");
        assertThat(tail.read(0, tail.end()).steps())
                .extracting(Happened::step, Happened::consumer, Happened::sequence)
                .containsExactlyElementsOf(kept.stream()
                        .map(step -> org.assertj.core.groups.Tuple.tuple(step.step(), step.consumer(), step.sequence()))
                        .toList());
        assertThat(tail.latencies().counts()).as("of all consumers").containsExactly(30L);
    }

    @Test
    void aRecorderWithoutAJournalKeepsNothingForThoseWhoWatch() {
        Recorder recorder = new Recorder(30);
        Tail tail = recorder.watched(20);
        recorder.occurred(10, "c3", 1, "evt", 11, recorder.follows(3));
        recorder.delivered(3, 1, 10, 20, Recorder.Via.PUSH);
        recorder.delivered(25, 1, 10, 20, Recorder.Via.PUSH);

        assertThat(tail.read(0, tail.end()).steps()).hasSize(2);
        assertThat(recorder.journal("mode")).isEmpty();
    }
}
