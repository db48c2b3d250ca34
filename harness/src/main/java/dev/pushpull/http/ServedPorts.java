package dev.pushpull.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What passed over each of a server's connections, by its client's port; of the newest ten thousand or so. */
final class ServedPorts {
    /** A source that serves for months has more connections than anyone needs to see one by one. */
    static final int MOST_COUNTS = 10_000;

    private final Deque<Count> counts = new ArrayDeque<>();

    /** The counts of one connection; written by whichever thread serves it. */
    static final class Count {
        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong received = new AtomicLong();
        private volatile long requests;
        private volatile long items;

        private final int clientPort;

        private Count(int clientPort) {
            this.clientPort = clientPort;
        }

        void sent(long bytes) {
            sent.addAndGet(bytes);
        }

        void received(long bytes) {
            received.addAndGet(bytes);
        }

        /** A request has arrived; a connection has one at a time. */
        void heard() {
            requests++;
            items = 0;
        }

        /** The answer has this many events. */
        void answersWith(long events) {
            items = events;
        }

        private Carried carried() {
            return new Carried(sent.get(), received.get(), requests, items);
        }
    }

    /** A connection begins. */
    synchronized Count begin(int clientPort) {
        if (counts.size() == MOST_COUNTS) {
            counts.removeFirst();
        }
        Count count = new Count(clientPort);
        counts.addLast(count);
        return count;
    }

    synchronized Map<Integer, List<Carried>> carried() {
        return counts.stream()
                .collect(Collectors.groupingBy(
                        count -> count.clientPort, Collectors.mapping(Count::carried, Collectors.toList())));
    }
}
