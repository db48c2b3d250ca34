package dev.pushpull.delivery.batched;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.virtual.VirtualSender.Fate;
import dev.pushpull.virtual.VirtualSender.Source;
import java.util.ArrayList;
import java.util.List;

/** One consumer's batches for a sender whose slots all consumers share. */
final class BatchedSource implements Source {
    /** In the order in which they were sent. */
    final List<VirtualBatch> sent = new ArrayList<>();

    private final Gathering gathering;
    private final ArrivalTimes events;
    private final long horizonNanos;
    private final long answerNanos;
    private long eventNanos;

    BatchedSource(Scenario scenario, Gathering gathering, ArrivalTimes events) {
        this.gathering = gathering;
        this.events = events;
        this.horizonNanos = scenario.run().durationNanos();
        this.answerNanos = Gathering.answerNanos(scenario);
        nextEvent();
    }

    private void nextEvent() {
        eventNanos = events.nextNanos();
        eventNanos = eventNanos <= horizonNanos ? eventNanos : NEVER;
    }

    @Override
    public long nextNanos() {
        return Math.min(eventNanos, gathering.dueNanos());
    }

    @Override
    public boolean sends() {
        if (eventNanos != NEVER && eventNanos <= gathering.dueNanos()) {
            gathering.occurred(eventNanos);
            nextEvent();
            return false;
        }
        sent.add(gathering.take());
        return true;
    }

    @Override
    public Fate fate(int number) {
        VirtualBatch batch = sent.get(number);
        return gathering.halves(batch) ? Fate.SPLIT : batch.refused ? Fate.REFUSED : Fate.TAKEN;
    }

    @Override
    public long first(int number) {
        return sent.get(number).firstSequence;
    }

    @Override
    public int events(int number) {
        return sent.get(number).events();
    }

    @Override
    public void over(int number, long nanos) {
        if (gathering.isWaitedFor(sent.get(number))) {
            gathering.answered(nanos + answerNanos);
        }
    }

    @Override
    public void split(int number, long nanos) {
        gathering.halve(sent.get(number), nanos + answerNanos);
    }
}
