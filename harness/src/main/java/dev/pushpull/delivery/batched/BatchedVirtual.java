package dev.pushpull.delivery.batched;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.BatchPlan;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.schedule.Seeds.Purpose;
import dev.pushpull.virtual.OrderOfArrival;
import dev.pushpull.virtual.VirtualAttempts;
import dev.pushpull.virtual.VirtualAttempts.Answer;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Batched webhooks in virtual time (docs/theory.md section 16). The same plan as in a live run says when a batch is sent.
 * An answer travels as long as that of a poll. Limits on deliveries in flight are not modelled.
 */
final class BatchedVirtual {
    private BatchedVirtual() {}

    static Outcome simulate(String mode, Scenario scenario, ArrivalStreams events, Seeds seeds) {
        return VirtualTime.run(
                mode,
                scenario,
                events,
                List.of(BatchWire.sizes(scenario, BatchedTheory.meanSize(scenario))),
                consumers(scenario, seeds));
    }

    static VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds) {
        BatchPlan.Rule rule = BatchedOptions.rule(scenario);
        boolean splits = BatchedOptions.SPLIT.in(scenario);
        RefusedEvents refused = RefusedEvents.of(scenario, seeds);
        return (number, events, tally) -> new Consumer(scenario, rule, splits, refused, seeds, number, events, tally);
    }

    /** Events that are sent, or sent again, at some time. The first has a sequence, the others follow it. */
    private record Batch(long atNanos, long firstSequence, long[] occurredNanos, boolean whole) {
        Batch part(long atNanos, int from, int to) {
            return new Batch(atNanos, firstSequence + from, Arrays.copyOfRange(occurredNanos, from, to), false);
        }
    }

    private static final class Consumer extends VirtualConsumer {
        private final int number;
        private final BatchPlan plan;
        private final boolean onePerAnswer;
        private final boolean splits;
        private final RefusedEvents refused;
        private final VirtualAttempts attempts;
        private final long answerNanos;
        private final OrderOfArrival order = new OrderOfArrival();
        private final PriorityQueue<Batch> parts = new PriorityQueue<>(Comparator.comparingLong(Batch::atNanos));

        /** When the batch on its way will have been answered, where the next one waits for that. */
        private long answeredNanos = BatchPlan.NEVER;

        private long[] waiting = new long[16];
        private int count;
        private long firstSequence = 1;

        Consumer(
                Scenario scenario,
                BatchPlan.Rule rule,
                boolean splits,
                RefusedEvents refused,
                Seeds seeds,
                int number,
                ArrivalTimes events,
                VirtualTally tally) {
            super(scenario, events, tally);
            this.number = number;
            this.plan = new BatchPlan(
                    rule, seeds.generator(Purpose.POLL_PHASE, number).nextLong(rule.waitNanos()));
            this.onePerAnswer = rule.law() == BatchPlan.Law.PENDING;
            this.splits = splits;
            this.refused = refused;
            this.attempts = new VirtualAttempts(
                    scenario, scenario.polling().intervalNanos() + rule.waitNanos(), seeds, number, tally);
            this.answerNanos = scenario.network().pollResponseNanos();
        }

        @Override
        protected void occurred(long eventNanos) {
            advance(eventNanos);
            if (count == waiting.length) {
                waiting = Arrays.copyOf(waiting, 2 * count);
            }
            waiting[count++] = eventNanos;
            plan.added(eventNanos);
        }

        /** Everything before a moment, up to which all events are known. */
        private void advance(long untilNanos) {
            while (true) {
                long partNanos =
                        parts.isEmpty() ? BatchPlan.NEVER : parts.peek().atNanos();
                long dueNanos = plan.dueNanos();
                long nextNanos = Math.min(Math.min(partNanos, dueNanos), answeredNanos);
                if (nextNanos >= untilNanos) {
                    return;
                }
                if (nextNanos == answeredNanos) {
                    plan.answered(answeredNanos);
                    answeredNanos = BatchPlan.NEVER;
                } else if (nextNanos == dueNanos) {
                    sendWhatWaits(dueNanos);
                } else {
                    send(parts.poll());
                }
            }
        }

        private void sendWhatWaits(long atNanos) {
            int taken = plan.sent(atNanos);
            Batch batch = new Batch(atNanos, firstSequence, Arrays.copyOf(waiting, taken), true);
            System.arraycopy(waiting, taken, waiting, 0, count - taken);
            count -= taken;
            firstSequence += taken;
            send(batch);
            if (onePerAnswer) {
                answeredNanos = attempts.firstOverNanos() + answerNanos;
            }
        }

        private void send(Batch batch) {
            int events = batch.occurredNanos.length;
            boolean taken = true;
            for (int event = 0; event < events; event++) {
                taken &= !refused.refuses(number, batch.firstSequence + event);
            }
            boolean halved = !taken && splits && events > 1;
            Answer answer = taken ? Answer.TAKES : halved ? Answer.DIVIDES : Answer.REFUSES;
            long heldNanos = attempts.heldNanos(batch.atNanos, batch.firstSequence, events, answer);
            tally.add(Count.DUPLICATES, attempts.repeats());
            if (heldNanos == VirtualAttempts.NEVER) {
                for (int event = 0; event < events; event++) {
                    tally.missed(attempts.missed());
                }
            } else if (halved) {
                long againNanos = heldNanos + attempts.answerNanos() + answerNanos;
                parts.add(batch.part(againNanos, 0, events / 2));
                parts.add(batch.part(againNanos, events / 2, events));
            } else {
                for (long occurredNanos : batch.occurredNanos) {
                    arrived(occurredNanos, heldNanos, batch.whole);
                }
            }
        }

        /** Only whole batches arrive in an order in which overtaking can be told. */
        private void arrived(long occurredNanos, long heldNanos, boolean inOrder) {
            if (inOrder) {
                tally.add(Count.OUT_OF_ORDER, order.arrived(occurredNanos, heldNanos));
            }
            tally.delivered(heldNanos - occurredNanos);
        }

        @Override
        protected void passed(long untilNanos) {
            advance(untilNanos);
        }

        @Override
        protected void ended() {
            advance(BatchPlan.NEVER);
        }
    }
}
