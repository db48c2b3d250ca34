package dev.pushpull.http;

import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.scenario.Failures;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Response;

/** OkHttp's calls in progress, at most one a thread, and a watchdog that breaks off overdue ones. */
final class InFlightCalls implements AutoCloseable {
    /** A timeout is noticed at most a twentieth too late. */
    static final int LOOKS_A_TIMEOUT = 20;

    private final ThreadLocal<InFlight> ofThisThread = new ThreadLocal<>();
    private final Set<InFlight> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor watch;
    private final long responseNanos;
    private final long longestNanos;

    /**
     * @param connectNanos until the connection is open
     * @param responseNanos from then until the whole response has arrived
     */
    InFlightCalls(long connectNanos, long responseNanos) {
        this.responseNanos = responseNanos;
        this.longestNanos = connectNanos + responseNanos;
        long lookEveryNanos = Math.max(1_000_000, responseNanos / LOOKS_A_TIMEOUT);
        watch = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "http timeouts");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(this::breakOffOverdue, lookEveryNanos, lookEveryNanos, TimeUnit.NANOSECONDS);
    }

    /** A call and what is known about it. */
    final class InFlight implements StreamedAnswer.Progress {
        private final Call call;
        private volatile long deadlineNanos = System.nanoTime() + longestNanos;
        private final long latestNanos;
        private final int owner;
        private ExchangeTally tally;
        private boolean reused;
        private int status;
        private volatile boolean timedOut;
        private Exchange became;

        private InFlight(Call call, long latestNanos, int owner) {
            this.call = call;
            this.latestNanos = latestNanos;
            this.owner = owner;
        }

        Call call() {
            return call;
        }

        /** The connection is open; the time to answer begins. */
        void connected() {
            long nanos = System.nanoTime() + responseNanos;
            deadlineNanos = latestNanos == Long.MAX_VALUE || nanos - latestNanos < 0 ? nanos : latestNanos;
        }

        /** Until when the whole response has to be there. */
        long deadlineNanos() {
            return deadlineNanos;
        }

        /** It goes over a connection, perhaps one that was used before, and its bytes are counted. */
        void begins(boolean reused, ExchangeTally tally) {
            this.tally = tally;
            this.reused = reused;
        }

        /** Whether it went over a connection that was used before. */
        boolean reused() {
            return reused;
        }

        /** What became of it, once it is over. */
        Exchange became() {
            return became;
        }

        /** The head of a response has arrived, with a status that OkHttp may not get to see. */
        void responds(int status) {
            this.status = status;
        }

        /** What passes over the connection from now on is not part of the call. */
        void ends() {
            if (tally != null) {
                tally.end();
            }
        }

        /** No timeout ends it. */
        void lasts() {
            deadlineNanos = System.nanoTime() + Long.MAX_VALUE / 2;
        }

        @Override
        public void hasRead(long items) {
            tally.hasRead(items);
        }

        @Override
        public void timeOut() {
            timedOut = true;
            call.cancel();
        }

        @Override
        public long bytesSent() {
            return tally == null ? 0 : tally.bytesSent();
        }

        @Override
        public long bytesReceived() {
            return tally == null ? 0 : tally.bytesReceived();
        }

        Exchange answered(Response response, byte[] body) {
            return exchange(Ending.ANSWERED, status, response.headers(), body, "");
        }

        Exchange failed(IOException cause) {
            ends();
            Ending ending = ending(cause);
            if (ending != Ending.REFUSED) {
                tally.broke();
            }
            String error = timedOut ? "no response within the time allowed" : Failures.sentence(cause);
            return exchange(ending, 0, Headers.EMPTY, new byte[0], error);
        }

        private Ending ending(IOException cause) {
            if (tally == null || cause instanceof ConnectException) {
                return Ending.REFUSED;
            }
            return timedOut ? Ending.TIMED_OUT : Ending.CUT_OFF;
        }

        private Exchange exchange(Ending ending, int status, Headers headers, byte[] body, String error) {
            became = new Exchange(ending, status, headers, body, bytesSent(), bytesReceived(), error);
            return became;
        }
    }

    /**
     * The call is this thread's until it is {@link #over}.
     *
     * @param owner whose it is
     * @param latestNanos when it has to be over at the latest, however late its connection stands; {@link Long#MAX_VALUE}
     *     for no such time
     */
    InFlight begin(Call call, int owner, long latestNanos) {
        InFlight begun = new InFlight(call, latestNanos, owner);
        underWay.add(begun);
        ofThisThread.set(begun);
        return begun;
    }

    /** This thread's call. */
    InFlight current() {
        return ofThisThread.get();
    }

    void over(InFlight call) {
        ofThisThread.remove();
        underWay.remove(call);
    }

    /** Breaks off all of them, also those whose answer goes on, of which OkHttp's dispatcher knows no more. */
    void cancelAll() {
        underWay.forEach(call -> call.call().cancel());
    }

    /** Runs something soon, on a thread that is there already. */
    void later(Runnable work) {
        watch.execute(work);
    }

    private void breakOffOverdue() {
        long now = System.nanoTime();
        for (InFlight call : underWay) {
            if (now - call.deadlineNanos > 0) {
                call.timeOut();
            }
        }
    }

    /** Breaks off the calls of some owners. */
    void breakOff(IntPredicate owners) {
        underWay.stream().filter(call -> owners.test(call.owner)).forEach(call -> call.call.cancel());
    }

    /** Stops watching all calls. */
    @Override
    public void close() {
        watch.shutdownNow();
    }
}
