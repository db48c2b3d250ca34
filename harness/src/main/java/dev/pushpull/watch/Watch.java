package dev.pushpull.watch;

import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.measure.Tail;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.RunJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A page on which a run can be watched. The run only says what is to be watched; one thread of this looks a few times a
 * second.
 */
public final class Watch implements AutoCloseable {
    private static final RoleThreads THREADS = new RoleThreads("watch", RoleThreads.HARNESS);
    /** Latencies fill up slowly: they are told at most so often. */
    private static final long CURVE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long an open page may take to fetch the report. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final NanoClock clock = NanoClock.SYSTEM;
    private final Frames frames = new Frames(clock.nanoTime());
    private final Optional<Controls> controls;
    private final WatchServer server;
    private final Thread thread = THREADS.newThread(this::look);
    private volatile Shown shown = new Shown(List.of(), "[]", () -> 0);
    private volatile String phase = "getting ready";
    private volatile long elapsedNanos;
    private volatile long totalNanos;
    private volatile boolean reported;
    private volatile boolean closing;
    private volatile long dropped;
    private final Pace pace;

    /** What happens. */
    public enum Things {
        /** Events, whose times are known. */
        EVENTS("event"),
        /** Items of others, of which only is known when they were seen. */
        ITEMS("item");

        private final String one;

        Things(String one) {
            this.one = one;
        }
    }

    /** Compared by identity: another one begins anew. */
    private static final class Shown {
        private final List<WatchLane> lanes;
        private final String about;
        private final LongSupplier pauseNanos;

        Shown(List<WatchLane> lanes, String about, LongSupplier pauseNanos) {
            this.lanes = lanes;
            this.about = about;
            this.pauseNanos = pauseNanos;
        }
    }

    /**
     * Opens the page's server; nothing is shown yet.
     *
     * @param title of the page: what is watched
     * @param things what the page calls that which happens
     * @param controls what its readers may change, if anything: then it is a demonstration, in large type
     * @throws java.io.UncheckedIOException when it cannot listen
     */
    public Watch(String title, Things things, Optional<Controls> controls) {
        this(title, things, controls, CpuMeter.Clocks.HERE);
    }

    /** @param clocks of processor time, which say how often it may look */
    Watch(String title, Things things, Optional<Controls> controls, CpuMeter.Clocks clocks) {
        this.controls = controls;
        this.pace = new Pace(clocks);
        String page = HtmlPage.live(
                Watch.class,
                "watch.html",
                title,
                Map.of(
                        "title",
                        title,
                        "demo",
                        controls.isPresent(),
                        "items",
                        things == Things.ITEMS,
                        "thing",
                        things.one),
                Map.of("demo", controls.isPresent(), "items", things == Things.ITEMS),
                "watch.css",
                "picture.js",
                "curves.js",
                "explain.js",
                "controls.js",
                "watch.js");
        this.server = new WatchServer(page, THREADS, controls);
        thread.start();
    }

    /** The page's whole address, with its token. */
    public URI address() {
        return server.address();
    }

    /** What the program does now, in a few words. */
    public void phase(String what) {
        phase = what;
    }

    /** How far the measured time has come. */
    public void progress(long elapsed, long total) {
        elapsedNanos = elapsed;
        totalNanos = total;
    }

    /**
     * These lanes are shown from now on.
     *
     * @param pauseNanos the longest that the machine has paused since it was last asked
     */
    public void begins(List<WatchLane> lanes, LongSupplier pauseNanos) {
        shown = new Shown(List.copyOf(lanes), frames.about(lanes), pauseNanos);
    }

    /** What the page took of the program's CPU time since the last lanes began; the browser's is not in it. */
    public OptionalDouble cpuShare() {
        return pace.share();
    }

    /** The report, which open pages show in their place before this returns, unless they take too long. */
    public void report(byte[] html) {
        server.report(html);
        int open = server.clients().size();
        reported = true;
        LockSupport.unpark(thread);
        long untilNanos = clock.nanoTime() + FAREWELL_NANOS;
        while (server.reportsRead() < open && clock.nanoTime() < untilNanos) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    /** Ends what pages are reading. */
    void hangUp() {
        server.hangUp();
    }

    /** Messages that pages which are open were too slow for, as of the last look. */
    long dropped() {
        return dropped;
    }

    private void look() {
        new Rehearsal(frames).run();
        Shown last = null; // lanes may have begun already
        long[] read = {};
        long curveNanos = 0;
        long everyNanos = Pace.SHORTEST_NANOS;
        while (!closing) {
            LockSupport.parkNanos(everyNanos);
            Shown now = shown;
            long nowNanos = clock.nanoTime();
            boolean withLatencies = nowNanos - curveNanos >= CURVE_EVERY_NANOS;
            curveNanos = withLatencies ? nowNanos : curveNanos;
            if (now == last) {
                send(now, read, withLatencies);
            } else { // what happens in these lanes comes with the next look
                read = new long[now.lanes.size()];
                byte[] begins = Frames.event("begins", all(now, read, 0));
                server.clients().stream().filter(client -> !client.behind()).forEach(client -> client.offer(begins));
                pace.begin(nowNanos, server.ioThread());
                last = now;
            }
            everyNanos = controls.isPresent() || now.lanes.isEmpty() ? Pace.SHORTEST_NANOS : pace.next(nowNanos);
        }
        if (!reported && !server.clients().isEmpty()) {
            byte[] over = Frames.event("over", "0");
            server.clients().forEach(client -> client.offer(over));
            LockSupport.parkNanos(Pace.SHORTEST_NANOS); // for it to arrive
        }
    }

    private void send(Shown now, long[] read, boolean withLatencies) {
        List<WatchClient> clients = server.clients();
        long[] ends = new long[read.length];
        for (int lane = 0; lane < ends.length; lane++) {
            ends[lane] = now.lanes.get(lane).tail().end();
        }
        if (reported) {
            byte[] report = Frames.event("report", "\"report\"");
            clients.forEach(client -> client.offer(report));
        } else if (!clients.isEmpty()) {
            byte[] news = null;
            for (WatchClient client : clients) {
                if (client.behind()) {
                    client.offer(Frames.state(all(now, ends, client.dropped())));
                    continue;
                }
                if (news == null) {
                    StringBuilder text = general(now);
                    lanes(text, now, read, ends, withLatencies);
                    news = Frames.event("news", text.append('}'));
                }
                client.offer(news);
            }
        }
        System.arraycopy(ends, 0, read, 0, ends.length);
        dropped = clients.stream().mapToLong(WatchClient::dropped).sum();
    }

    private StringBuilder general(Shown now) {
        long pauseNanos = now.pauseNanos.getAsLong();
        StringBuilder text = new StringBuilder(512);
        text.append("{\"now\":").append(frames.micros(clock.nanoTime()));
        Frames.quoted(text.append(",\"phase\":"), phase);
        text.append(",\"elapsed\":").append(elapsedNanos / 1_000);
        text.append(",\"total\":").append(totalNanos / 1_000);
        text.append(",\"every\":")
                .append(controls.isPresent() ? Pace.SHORTEST_NANOS / 1_000 : pace.everyNanos() / 1_000);
        text.append(",\"pause\":").append(pauseNanos < 0 ? pauseNanos : pauseNanos / 1_000);
        return text;
    }

    /** Everything, as it stands where these steps have been read. */
    private StringBuilder all(Shown now, long[] ends, long dropped) {
        StringBuilder text = general(now);
        text.append(",\"dropped\":").append(dropped);
        text.append(",\"about\":").append(now.about);
        controls.ifPresent(control -> text.append(",\"settings\":").append(RunJson.text(control.settings())));
        long[] firsts = new long[ends.length];
        for (int lane = 0; lane < ends.length; lane++) {
            firsts[lane] = Math.max(0, ends[lane] - Tail.KEPT);
        }
        lanes(text, now, firsts, ends, true);
        return text.append('}');
    }

    private void lanes(StringBuilder text, Shown now, long[] from, long[] until, boolean withLatencies) {
        text.append(",\"lanes\":[");
        for (int lane = 0; lane < until.length; lane++) {
            if (lane > 0) {
                text.append(',');
            }
            WatchLane one = now.lanes.get(lane);
            frames.news(text, one, one.tail().read(from[lane], until[lane]), withLatencies);
        }
        text.append(']');
    }

    /** Closes the page; those who look at it keep what it shows. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.close();
    }
}
