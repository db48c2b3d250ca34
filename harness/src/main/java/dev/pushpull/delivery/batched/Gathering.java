package dev.pushpull.delivery.batched;

import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Leg;
import dev.pushpull.schedule.BatchPlan;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.Seeds.Purpose;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What one consumer is sent in virtual time: batches by the plan of a live run, and the halves of those it refused. */
final class Gathering {
    private final int number;
    private final RefusedEvents refusal;
    private final BatchPlan plan;
    private final PriorityQueue<VirtualBatch> parts =
            new PriorityQueue<>(Comparator.comparingLong((VirtualBatch part) -> part.atNanos));
    private final boolean splits;
    private final boolean onePerAnswer;
    private long[] waiting = new long[16];
    private int count;
    private long firstSequence = 1;

    Gathering(Scenario scenario, BatchPlan.Rule rule, RefusedEvents refusal, Seeds seeds, int number) {
        this.number = number;
        this.refusal = refusal;
        this.plan =
                new BatchPlan(rule, seeds.generator(Purpose.POLL_PHASE, number).nextLong(rule.waitNanos()));
        this.splits = BatchedOptions.SPLIT.in(scenario);
        this.onePerAnswer = rule.law() == BatchPlan.Law.PENDING;
    }

    /** How long the answer to a batch travels: as it was measured, or as long as the webhook. */
    static long answerNanos(Scenario scenario) {
        return scenario.network()
                .drawn(Leg.WEBHOOK_ANSWER)
                .map(Distribution::medianNanos)
                .orElse(scenario.network().webhookNanos());
    }

    void occurred(long eventNanos) {
        if (count == waiting.length) {
            waiting = Arrays.copyOf(waiting, 2 * count);
        }
        waiting[count++] = eventNanos;
        plan.added(eventNanos);
    }

    /** When something is sent next, unless something else happens before. */
    long dueNanos() {
        return Math.min(plan.dueNanos(), parts.isEmpty() ? BatchPlan.NEVER : parts.peek().atNanos);
    }

    /** What is sent when that moment has come. */
    VirtualBatch take() {
        long dueNanos = plan.dueNanos();
        if (!parts.isEmpty() && parts.peek().atNanos < dueNanos) {
            return parts.poll();
        }
        int taken = plan.sent(dueNanos);
        VirtualBatch batch =
                new VirtualBatch(number, dueNanos, firstSequence, Arrays.copyOf(waiting, taken), true, refusal);
        System.arraycopy(waiting, taken, waiting, 0, count - taken);
        count -= taken;
        firstSequence += taken;
        return batch;
    }

    /** Whether the next batch waits for the answer to this one. */
    boolean isWaitedFor(VirtualBatch batch) {
        return onePerAnswer && batch.whole;
    }

    /** A batch that was waited for is answered. */
    void answered(long nanos) {
        plan.answered(nanos);
    }

    /** Whether it is refused, and sent again in halves. */
    boolean halves(VirtualBatch batch) {
        return batch.refused && splits && batch.events() > 1;
    }

    /** Its halves are to be sent. */
    void halve(VirtualBatch batch, long againNanos) {
        batch.split = true;
        parts.add(batch.part(againNanos, 0, batch.events() / 2));
        parts.add(batch.part(againNanos, batch.events() / 2, batch.events()));
    }
}
