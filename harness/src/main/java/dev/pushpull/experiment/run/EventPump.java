package dev.pushpull.experiment.run;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventFactory;
import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.PreciseWaiter;
import dev.pushpull.scenario.Distribution;
import org.HdrHistogram.Histogram;

/** Lets the planned events occur at one place, each at its time. */
public final class EventPump implements Runnable {
    /** Not earlier: right after an event, its deliveries need the processor. */
    private static final long PREPARED_AHEAD_NANOS = 2_000_000;

    /** This thread's CPU time is read this long before an event: reading it at the due time would delay the event. */
    private static final long CPU_READ_AHEAD_NANOS = 20_000;

    private final EventPlan plan;
    private final EventFactory factory;
    private final EventSink place;
    private final NanoClock clock;
    private final long startNanos;
    private final Histogram lateness = new Histogram(3);
    private double latenessSumNanos;
    private volatile boolean stopped;

    public EventPump(EventPlan plan, EventFactory factory, EventSink place, NanoClock clock, long startNanos) {
        this.plan = plan;
        this.factory = factory;
        this.place = place;
        this.clock = clock;
        this.startNanos = startNanos;
    }

    @Override
    public void run() {
        PreciseWaiter waiter = new PreciseWaiter(clock);
        long epochOffsetNanos = HostClocks.now(clock).offsetNanos();
        for (int event = 0; event < plan.size() && !stopped; event++) {
            long intendedNanos = startNanos + plan.offsetNanos(event);
            waiter.parkUntil(intendedNanos - PREPARED_AHEAD_NANOS);
            EventDraft draft = factory.draft(event, plan.stream(event), intendedNanos + epochOffsetNanos);
            long cpuNanos = cpuNanosAt(intendedNanos, waiter);
            if (stopped) {
                return;
            }
            long lateNanos = Math.max(0, clock.nanoTime() - intendedNanos);
            place.occur(draft, plan.stream(event), intendedNanos);
            place.lend(CpuMeter.ofThisThreadNanos() - cpuNanos);
            lateness.recordValue(lateNanos);
            latenessSumNanos += lateNanos;
        }
    }

    /** Waits until the deadline; returns this thread's CPU time at that moment, given that it spins until then. */
    private long cpuNanosAt(long deadlineNanos, PreciseWaiter waiter) {
        waiter.awaitUntil(deadlineNanos - CPU_READ_AHEAD_NANOS);
        long cpuNanos = CpuMeter.ofThisThreadNanos();
        long spinsNanos = Math.max(0, deadlineNanos - clock.nanoTime());
        waiter.awaitUntil(deadlineNanos);
        return cpuNanos + spinsNanos;
    }

    /** Lets no more events occur; the thread that runs the pump must still be interrupted. */
    void stop() {
        stopped = true;
    }

    /** How late events were handed over; read this when the pump has ended. */
    Distribution lateness() {
        return new Distribution(lateness, latenessSumNanos);
    }
}
