package dev.pushpull.measure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What went over each of a server's connections, by the port of its client: there are no more than some ten thousand. */
final class ServedPorts {
    /** A system gives a port again after a while; of its connections the newest are known. */
    private static final int MOST_OF_A_PORT = 2;

    private final Map<Integer, Deque<Count>> byPort = new HashMap<>();

    /** Of one connection; written by whichever thread serves it. */
    static final class Count {
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong received = new AtomicLong();
        private volatile long requests;
        private volatile long items;

        private Count() {}

        void sent(long bytes) {
            sent.addAndGet(bytes);
        }

        void received(long bytes) {
            received.addAndGet(bytes);
        }

        /** A request was heard; of one connection there is one at a time. */
        void heard() {
            requests++;
            items = 0;
        }

        /** The answer has so many events. */
        void answersWith(long events) {
            items = events;
        }

        private Carried carried() {
            return new Carried(sent.get(), received.get(), requests, items);
        }
    }

    /** A connection begins. */
    synchronized Count begin(int clientPort) {
        Deque<Count> counts = byPort.computeIfAbsent(clientPort, port -> new ArrayDeque<>(1));
        if (counts.size() == MOST_OF_A_PORT) {
            counts.removeFirst();
        }
        Count count = new Count();
        counts.addLast(count);
        return count;
    }

    synchronized Map<Integer, List<Carried>> carried() {
        Map<Integer, List<Carried>> carried = new HashMap<>();
        byPort.forEach((port, counts) ->
                carried.put(port, counts.stream().map(Count::carried).toList()));
        return carried;
    }
}
