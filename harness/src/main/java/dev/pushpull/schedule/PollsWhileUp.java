package dev.pushpull.schedule;

/**
 * The poll times of a consumer that is down at times. Of a grid, those that fall into an outage are left out. Other
 * schedules are continued after it, as if it had taken no time; a poll that an outage cuts off is made again then.
 */
public final class PollsWhileUp implements PollTimes {
    private final PollTimes times;
    private final DownTimes down;
    private final boolean onGrid;

    /** How much later than planned the polls are by now. */
    private long shiftNanos;

    private long dueNanos;

    private PollsWhileUp(PollTimes times, DownTimes down, boolean onGrid) {
        this.times = times;
        this.down = down;
        this.onGrid = onGrid;
        settle();
    }

    /** @param onGrid as {@link PollSchedule#onGrid} */
    public static PollTimes of(PollTimes times, DownTimes down, boolean onGrid) {
        return down.never() ? times : new PollsWhileUp(times, down, onGrid);
    }

    @Override
    public long dueNanos() {
        return dueNanos;
    }

    @Override
    public void completed(long completedNanos, int newEvents) {
        boolean cutOff = newEvents == 0 && down.startNanos(dueNanos) <= completedNanos;
        if (cutOff && !onGrid) {
            resume(down.endNanos(dueNanos));
        } else {
            times.completed(completedNanos - shiftNanos, newEvents);
        }
        settle();
    }

    private void resume(long nanos) {
        shiftNanos += nanos - dueNanos;
        dueNanos = nanos;
    }

    private void settle() {
        dueNanos = due();
        down.forget(dueNanos);
        while (down.isDown(dueNanos)) {
            if (onGrid) {
                times.completed(dueNanos, 0);
                dueNanos = due();
            } else {
                resume(down.endNanos(dueNanos));
            }
        }
    }

    private long due() {
        long due = times.dueNanos();
        return due == Long.MAX_VALUE ? due : due + shiftNanos;
    }

    @Override
    public long skipped(long completedNanos, long beforeNanos) {
        return times.skipped(completedNanos - shiftNanos, beforeNanos - shiftNanos);
    }
}
