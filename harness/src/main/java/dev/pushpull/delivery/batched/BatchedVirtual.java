package dev.pushpull.delivery.batched;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalStreams;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.BatchPlan;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.virtual.OrderOfArrival;
import dev.pushpull.virtual.VirtualAttempts;
import dev.pushpull.virtual.VirtualAttempts.Answer;
import dev.pushpull.virtual.VirtualConsumer;
import dev.pushpull.virtual.VirtualSender;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTally.Count;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Batched webhooks in virtual time (docs/theory.md section 16). The same plan as in a live run says when a batch is sent.
 * An answer travels as long as it was measured, or as the webhook.
 */
final class BatchedVirtual {
    private BatchedVirtual() {}

    static Simulated in(String mode, Scenario scenario, ArrivalStreams events, Seeds seeds) {
        BatchPlan.Rule rule = BatchedOptions.rule(scenario);
        RefusedEvents refusal = RefusedEvents.of(scenario, seeds);
        Map<Integer, BatchedSource> sources = new ConcurrentHashMap<>();
        VirtualSender sender = VirtualSender.of(scenario, seeds, longestNanos(scenario, rule), number -> {
            BatchedSource source = new BatchedSource(
                    scenario,
                    new Gathering(scenario, rule, refusal, seeds, number),
                    events.times(scenario.events().streamOf(number)));
            sources.put(number, source);
            return source;
        });
        VirtualTime.Consumers consumers = VirtualSender.isNeeded(scenario)
                ? (number, times, tally) -> {
                    VirtualAttempts attempts =
                            new VirtualAttempts(scenario, longestNanos(scenario, rule), seeds, number, tally, sender);
                    return new Served(scenario, sources.remove(number), attempts, times, tally);
                }
                : consumers(scenario, seeds);
        return new Simulated(
                mode, List.of(BatchWire.sizes(scenario, BatchedTheory.meanSize(scenario))), consumers, sender);
    }

    private static long longestNanos(Scenario scenario, BatchPlan.Rule rule) {
        return scenario.polling().intervalNanos() + rule.waitNanos();
    }

    static VirtualTime.Consumers consumers(Scenario scenario, Seeds seeds) {
        BatchPlan.Rule rule = BatchedOptions.rule(scenario);
        RefusedEvents refusal = RefusedEvents.of(scenario, seeds);
        return (number, events, tally) -> new Alone(
                scenario,
                new Gathering(scenario, rule, refusal, seeds, number),
                new VirtualAttempts(scenario, longestNanos(scenario, rule), seeds, number, tally),
                events,
                tally);
    }

    private abstract static class Consumer extends VirtualConsumer {
        protected final VirtualAttempts attempts;
        private final OrderOfArrival order = new OrderOfArrival();

        Consumer(Scenario scenario, VirtualAttempts attempts, ArrivalTimes events, VirtualTally tally) {
            super(scenario, events, tally);
            this.attempts = attempts;
        }

        /** What came of a batch that was not split. */
        protected final void settle(VirtualBatch batch, long heldNanos) {
            if (heldNanos == VirtualAttempts.NEVER) {
                for (long occurredNanos : batch.occurredNanos) {
                    tally.missed(occurredNanos, attempts.missed());
                }
                return;
            }
            for (long occurredNanos : batch.occurredNanos) {
                if (batch.whole) { // only these arrive in an order in which overtaking can be told
                    tally.add(Count.OUT_OF_ORDER, order.arrived(occurredNanos, heldNanos));
                }
                tally.delivered(occurredNanos, heldNanos);
            }
        }
    }

    /** A consumer that shares nothing with others. */
    private static final class Alone extends Consumer {
        private final Gathering gathering;
        private final long answerNanos;

        /** When the batch on its way will have been answered, where the next one waits for that. */
        private long answeredNanos = BatchPlan.NEVER;

        Alone(
                Scenario scenario,
                Gathering gathering,
                VirtualAttempts attempts,
                ArrivalTimes events,
                VirtualTally tally) {
            super(scenario, attempts, events, tally);
            this.gathering = gathering;
            this.answerNanos = Gathering.answerNanos(scenario);
        }

        @Override
        protected void occurred(long eventNanos) {
            advance(eventNanos);
            gathering.occurred(eventNanos);
        }

        /** Everything before a moment, up to which all events are known. */
        private void advance(long untilNanos) {
            while (true) {
                long dueNanos = gathering.dueNanos();
                long nextNanos = Math.min(dueNanos, answeredNanos);
                if (nextNanos >= untilNanos) {
                    return;
                }
                if (nextNanos == answeredNanos) {
                    gathering.answered(answeredNanos);
                    answeredNanos = BatchPlan.NEVER;
                } else {
                    send(gathering.take());
                }
            }
        }

        private void send(VirtualBatch batch) {
            boolean halved = gathering.halves(batch);
            Answer answer = halved ? Answer.DIVIDES : batch.refused ? Answer.REFUSES : Answer.TAKES;
            long heldNanos = attempts.heldNanos(batch.atNanos, batch.firstSequence, batch.events(), answer);
            tally.add(Count.DUPLICATES, attempts.repeats());
            if (halved && heldNanos != VirtualAttempts.NEVER) {
                gathering.halve(batch, heldNanos + attempts.answerNanos() + answerNanos);
            } else {
                settle(batch, heldNanos);
            }
            if (gathering.isWaitedFor(batch)) {
                answeredNanos = attempts.firstOverNanos() + answerNanos;
            }
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

    /** A consumer whose batches a sender has sent already. */
    private static final class Served extends Consumer {
        private final List<VirtualBatch> sent;
        private int next;

        Served(
                Scenario scenario,
                BatchedSource source,
                VirtualAttempts attempts,
                ArrivalTimes events,
                VirtualTally tally) {
            super(scenario, attempts, events, tally);
            this.sent = source.sent;
        }

        @Override
        protected void occurred(long eventNanos) {
            // it was sent with its batch
        }

        @Override
        protected void passed(long untilNanos) {
            while (next < sent.size() && sent.get(next).atNanos < untilNanos) {
                VirtualBatch batch = sent.get(next++);
                long heldNanos = attempts.heldNanos(batch.atNanos, batch.firstSequence, batch.events(), Answer.TAKES);
                if (!batch.split) {
                    settle(batch, heldNanos);
                    tally.add(Count.DUPLICATES, attempts.repeats());
                }
            }
        }

        @Override
        protected void ended() {
            passed(BatchPlan.NEVER);
        }
    }
}
