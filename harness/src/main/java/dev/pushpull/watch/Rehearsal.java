package dev.pushpull.watch;

import dev.pushpull.measure.Happened;
import dev.pushpull.measure.Tail;
import dev.pushpull.scenario.JournalStep.Step;

/**
 * Writes frames that nobody reads, until the JVM has compiled how: in a run, where it would do so for the first time, the
 * first frames would take many times as long.
 */
final class Rehearsal implements Runnable {
    private static final int FRAMES = 2_000;
    private static final int STEPS = 30;

    private final Frames frames;
    private final Tail tail = new Tail(1);

    Rehearsal(Frames frames) {
        this.frames = frames;
    }

    @Override
    public void run() {
        WatchLane lane = WatchLane.counting(tail, () -> new WatchLane.Counts(1, 1, 1, 1));
        long read = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int step = 0; step < STEPS; step++) {
                tail.add(new Happened(Step.POLL, 0, "c0", step, 0, step, 1_000L * step, 200, ""));
                tail.delivered(1_000L * step);
            }
            StringBuilder text = new StringBuilder();
            frames.news(text, lane, tail.read(read, tail.end()), true);
            read = tail.end();
            Frames.event("news", text);
        }
    }
}
