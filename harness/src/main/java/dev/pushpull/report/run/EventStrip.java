package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Outages;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A run as a strip of time with a lane for each mode: when events occurred, when consumers polled or were notified,
 * when each event arrived. It shows only a few consumers, and of a busy run only the beginning. All times are
 * microseconds.
 *
 * @param spanMicros how much of the run it covers
 * @param firstMicros how much of that is shown first
 * @param consumers whose journal it is
 * @param outages when all consumers were down
 */
record EventStrip(
        long spanMicros,
        long firstMicros,
        List<Integer> consumers,
        boolean whole,
        Happenings events,
        List<Lane> lanes,
        List<Outages.Band> outages) {
    private static final int MOST_CONSUMERS = 20;
    private static final int MOST_CHARACTERS = 300_000;
    private static final long FIRST_MICROS = 5_000_000;
    private static final int FIRST_POLLS = 8;

    /**
     * The events, one column for each property.
     *
     * @param at the intended time of each
     * @param consumer its index in {@link #consumers()}, -1 for all
     */
    record Happenings(List<String> id, List<Long> at, List<Integer> consumer) {}

    /**
     * One mode.
     *
     * @param logged how long after its intended time the provider began to log each event; -1 where it never did
     * @param held connections from their opening to their end
     */
    record Lane(
            String name,
            int colour,
            List<Long> logged,
            Requests polls,
            Requests attempts,
            Requests held,
            Deliveries deliveries) {}

    /**
     * Polls, attempts or held connections, one column for each property.
     *
     * @param consumer its index in {@link #consumers()}
     * @param event the event of an attempt; empty for polls and connections
     * @param number new events that a poll or a connection brought; the number of an attempt
     * @param trouble what went wrong, where something did
     */
    record Requests(
            List<Integer> consumer,
            List<Integer> event,
            List<Long> from,
            List<Long> took,
            List<Integer> number,
            List<Integer> status,
            Map<Integer, String> trouble) {
        private static Requests none() {
            return new Requests(
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new LinkedHashMap<>());
        }

        private void add(JournalStep step, int who) {
            if (!step.detail().isEmpty()) {
                trouble.put(from.size(), step.detail());
            }
            consumer.add(who);
            from.add(step.fromNanos() / 1_000);
            took.add((step.untilNanos() - step.fromNanos()) / 1_000);
            number.add(step.number());
            status.add(step.status());
        }
    }

    /**
     * First arrivals, one column for each property.
     *
     * @param processed -1 where this was not seen
     */
    record Deliveries(List<Integer> event, List<Integer> consumer, List<Long> received, List<Long> processed) {}

    /** Covers as many consumers, and as much of the run, as a page can carry; empty when no journal was kept. */
    static Optional<EventStrip> of(RunRecord run, List<JournalStep> journal) {
        List<Integer> followed = new ArrayList<>(new TreeSet<>(journal.stream()
                .map(JournalStep::consumer)
                .filter(consumer -> consumer >= 0)
                .toList()));
        if (followed.isEmpty()) {
            return Optional.empty();
        }
        int consumers = Math.min(MOST_CONSUMERS, followed.size());
        Set<Integer> sampled = Set.copyOf(followed.subList(0, consumers));
        List<JournalStep> steps = journal.stream()
                .filter(step -> step.consumer() < 0 || sampled.contains(step.consumer()))
                .toList();
        long untilNanos = Long.MAX_VALUE;
        while (true) {
            EventStrip strip = of(run, steps, followed.subList(0, consumers), untilNanos);
            if (RunJson.text(strip).length() <= MOST_CHARACTERS) {
                return strip.events().id().isEmpty() ? Optional.empty() : Optional.of(strip);
            }
            if (consumers > 1) {
                consumers /= 2;
            } else {
                untilNanos = strip.spanMicros() * 1_000 / 2;
            }
        }
    }

    private static EventStrip of(RunRecord run, List<JournalStep> journal, List<Integer> consumers, long untilNanos) {
        List<JournalStep> steps =
                journal.stream().filter(step -> step.fromNanos() < untilNanos).toList();
        Map<Integer, Integer> indices = new HashMap<>();
        consumers.forEach(consumer -> indices.put(consumer, indices.size()));
        Map<String, Integer> events = new LinkedHashMap<>();
        Happenings happenings = happenings(run, steps, indices, events);
        Map<String, List<JournalStep>> byMode = new LinkedHashMap<>();
        steps.forEach(step ->
                byMode.computeIfAbsent(step.mode(), mode -> new ArrayList<>()).add(step));
        List<Lane> lanes = byMode.entrySet().stream()
                .map(mode -> lane(run, mode.getKey(), mode.getValue(), indices, events))
                .toList();
        long span = steps.stream()
                        .filter(step -> step.step() == Step.OCCURRED || indices.containsKey(step.consumer()))
                        .filter(step -> step.step() != Step.HELD) // it lasts until somebody tidies up
                        .mapToLong(JournalStep::untilNanos)
                        .max()
                        .orElse(0)
                / 1_000;
        long first =
                Math.max(FIRST_MICROS, FIRST_POLLS * run.scenario().polling().intervalNanos() / 1_000);
        return new EventStrip(
                span,
                Math.min(first, span),
                consumers,
                untilNanos == Long.MAX_VALUE,
                happenings,
                lanes,
                Outages.of(run, 1e3));
    }

    /** The events of the sample; {@code indices} gives the sample's consumers, and this fills {@code events}. */
    private static Happenings happenings(
            RunRecord run, List<JournalStep> steps, Map<Integer, Integer> indices, Map<String, Integer> events) {
        Map<String, Set<Integer>> consumersOf = new HashMap<>();
        for (JournalStep step : steps) {
            if (step.consumer() >= 0 && !step.eventId().isEmpty()) {
                consumersOf
                        .computeIfAbsent(step.eventId(), id -> new HashSet<>())
                        .add(step.consumer());
            }
        }
        boolean shared = run.scenario().events().streams() == Scenario.Streams.SHARED;
        Happenings happenings = new Happenings(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (JournalStep step : steps) {
            Optional<Integer> consumer = consumersOf.getOrDefault(step.eventId(), Set.of()).stream()
                    .map(indices::get)
                    .filter(index -> index != null)
                    .findFirst();
            if (step.step() == Step.OCCURRED
                    && (shared || consumer.isPresent())
                    && events.putIfAbsent(step.eventId(), events.size()) == null) {
                happenings.id().add(step.eventId());
                happenings.at().add(step.fromNanos() / 1_000);
                happenings.consumer().add(shared ? -1 : consumer.orElseThrow());
            }
        }
        return happenings;
    }

    private static Lane lane(
            RunRecord run,
            String mode,
            List<JournalStep> steps,
            Map<Integer, Integer> indices,
            Map<String, Integer> events) {
        Long[] logged = new Long[events.size()];
        Arrays.fill(logged, -1L);
        Requests polls = Requests.none();
        Requests attempts = Requests.none();
        Requests held = Requests.none();
        Deliveries deliveries =
                new Deliveries(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Map<String, Integer> arrived = new HashMap<>();
        for (JournalStep step : steps) {
            Integer event = events.get(step.eventId());
            Integer consumer = indices.get(step.consumer());
            if (step.step() == Step.OCCURRED && event != null) {
                logged[event] = (step.untilNanos() - step.fromNanos()) / 1_000;
            } else if (step.step() == Step.POLL && consumer != null) {
                polls.add(step, consumer);
            } else if (step.step() == Step.HELD && consumer != null) {
                held.add(step, consumer);
            } else if (event != null && consumer != null) {
                String key = event + "/" + consumer;
                if (step.step() == Step.ATTEMPT) {
                    attempts.add(step, consumer);
                    attempts.event().add(event);
                } else if (step.step() == Step.RECEIVED && !arrived.containsKey(key)) {
                    arrived.put(key, arrived.size());
                    deliveries.event().add(event);
                    deliveries.consumer().add(consumer);
                    deliveries.received().add(step.fromNanos() / 1_000);
                    deliveries.processed().add(-1L);
                } else if (step.step() == Step.PROCESSED
                        && arrived.containsKey(key)
                        && deliveries.processed().get(arrived.get(key)) < 0) {
                    deliveries.processed().set(arrived.get(key), step.fromNanos() / 1_000);
                }
            }
        }
        int colour =
                run.outcome(mode).map(outcome -> Modes.colour(run, outcome)).orElse(0);
        return new Lane(mode, colour, List.of(logged), polls, attempts, held, deliveries);
    }

    /** Whose strip it is, for people. */
    String sample(RunRecord run) {
        long all = run.scenario().events().consumers();
        String who = consumers.size() == all
                ? (all == 1 ? "its one consumer" : "all " + Decimals.count(all) + " consumers")
                : "%d of %s consumers".formatted(consumers.size(), Decimals.count(all));
        return whole
                ? "The whole run of " + who
                : "The first " + Decimals.setting(spanMicros / 1e6) + " s of " + who + "; the rest is in journal.csv";
    }
}
