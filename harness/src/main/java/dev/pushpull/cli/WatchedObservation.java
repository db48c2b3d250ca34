package dev.pushpull.cli;

import dev.pushpull.host.HiccupMeter;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.observe.Pairing;
import dev.pushpull.observe.WatchedItems;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Prediction.CurvePoint;
import dev.pushpull.scenario.RunRecord.Finding;
import dev.pushpull.watch.WatchLane;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The page of an observation, if it was asked for. */
final class WatchedObservation implements AutoCloseable {
    private static final ModeTraits POLLS = new ModeTraits(
            Begins.CONSUMER,
            Set.of(),
            "polls",
            true,
            "The mailbox: this program asks for the items, and finds what is new.",
            0);
    private static final ModeTraits WEBHOOKS = new ModeTraits(
            Begins.PROVIDER,
            Set.of(),
            "webhooks",
            true,
            "The doorbell: the system sends the items here, each as a webhook.",
            1);

    private static final long TOLD_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int CURVE_POINTS = 100;

    private final Optional<Watching> page;
    private final WatchedItems items = new WatchedItems(SecretFlags.ofThisRun()::masked);
    private final HiccupMeter pauses =
            new HiccupMeter(NanoClock.SYSTEM, new RoleThreads("observe", RoleThreads.HARNESS));
    private final long openedNanos = NanoClock.SYSTEM.nanoTime();
    private long readyNanos;
    private long toldNanos;

    private WatchedObservation(Optional<Watching> page) {
        this.page = page;
    }

    /** @param clocked whether it polls once every interval, rather than by requests that are held */
    static WatchedObservation of(WatchFlag flag, boolean clocked, long intervalNanos) {
        WatchedObservation watched = new WatchedObservation(flag.openForItems("Observed live: polls and webhooks"));
        watched.page.ifPresent(watching -> {
            watching.phase("reading what is there already");
            watched.pauses.start();
            watching.shows(watched.lanes(clocked, intervalNanos), watched.pauses::longestNanos);
        });
        return watched;
    }

    private List<WatchLane> lanes(boolean clocked, long intervalNanos) {
        WatchLane.Expected expected = clocked
                ? new WatchLane.Expected(uniform(intervalNanos / 1e6), "")
                : WatchLane.Expected.nothing("an answer that is held back comes whenever the system sends it");
        return List.of(
                new WatchLane(
                        "polls",
                        POLLS,
                        WatchLane.Setting.ONE,
                        items.polls(),
                        () -> new WatchLane.Counts(
                                items.items(), items.pollsOver(), items.emptyPolls(), items.polled()),
                        expected,
                        openedNanos),
                new WatchLane(
                        "webhooks",
                        WEBHOOKS,
                        WatchLane.Setting.ONE,
                        items.pushes(),
                        () -> new WatchLane.Counts(items.items(), items.rings(), WatchLane.UNKNOWN, items.pushed()),
                        WatchLane.Expected.nothing("when an item happened is not known here, only when it was seen"),
                        openedNanos));
    }

    /** An item that is pushed at once waits in the mailbox for the rest of an interval: any share of it alike. */
    private static List<CurvePoint> uniform(double intervalMillis) {
        return IntStream.rangeClosed(0, CURVE_POINTS)
                .mapToObj(i -> (double) i / CURVE_POINTS)
                .map(share -> new CurvePoint(share, share * intervalMillis))
                .toList();
    }

    /** Whom pairing tells what it sees; nobody, if nobody watches. */
    Optional<WatchedItems> items() {
        return page.map(watching -> items);
    }

    /** Both ways are open. */
    void ready() {
        readyNanos = NanoClock.SYSTEM.nanoTime();
        page.ifPresent(watching -> watching.phase("both ways are open; no item has come both ways yet"));
    }

    /** Tells how it stands, now and then. */
    void progress(Pairing pairing, long nowNanos, long mostNanos) {
        if (page.isEmpty() || nowNanos - toldNanos < TOLD_EVERY_NANOS) {
            return;
        }
        toldNanos = nowNanos;
        boolean ends = mostNanos < Long.MAX_VALUE / 2;
        page.get().elapsed(ends ? nowNanos - readyNanos : 0, ends ? mostNanos : 0);
        OptionalDouble sooner = pairing.soonerMillis();
        sooner.ifPresent(millis -> page.get()
                .phase("webhooks came %s %s than polls so far, in the median"
                        .formatted(Decimals.milliseconds(Math.abs(millis)), millis < 0 ? "later" : "sooner")));
    }

    /** Nothing is observed any more. */
    void over() {
        page.ifPresent(watching -> watching.phase("over; the report is being written"));
    }

    /** What the page cost, if it was asked for. */
    List<Finding> cost() {
        return page.flatMap(Watching::cost).stream().toList();
    }

    /** Shows the report in the place of the run. */
    void report(Path folder) {
        page.ifPresent(watching -> watching.report(folder));
    }

    @Override
    public void close() {
        pauses.close();
        page.ifPresent(Watching::close);
    }
}
