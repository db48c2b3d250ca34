package dev.pushpull.host;

import java.util.ArrayList;
import java.util.List;

/** Hears the machine's stalls on every processor, with a thread for each, pinned where possible. */
public final class StallMeter implements AutoCloseable {
    private final List<StallEar> ears = new ArrayList<>();
    private final String about;

    /** Begins to listen. */
    public StallMeter(NanoClock clock) throws InterruptedException {
        List<Integer> processors = PinnedThreads.processors();
        boolean pinned = true;
        for (int processor : processors) {
            String name = "stalls-" + processor;
            ears.add(new StallEar(clock, name));
            pinned &= PinnedThreads.pin(name, processor);
        }
        about = processors.size() + (pinned ? " pinned threads" : " threads that are not pinned");
    }

    /** How it listens, as text. */
    public String about() {
        return about;
    }

    /** The stalls heard on any processor that ended after this time. */
    public Spans since(long nanos) {
        Spans all = Spans.NONE;
        for (StallEar ear : ears) {
            all = all.or(ear.since(nanos));
        }
        return all;
    }

    @Override
    public void close() {
        ears.forEach(StallEar::close);
    }
}
