package dev.pushpull.provider;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.store.Outbox;
import dev.pushpull.surface.Surface;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One event on its way through the outbox: it gets its place in the log, and each surface says what it must send or
 * keep for it.
 */
final class EventOccurrence implements Outbox.Occurrence {
    private final CompletableFuture<StoredEvent> occurred = new CompletableFuture<>();
    private final EventDraft draft;
    private final long intendedNanos;
    private final EventLog log;
    private final List<Surface> surfaces;
    private final List<Surface.Dispatch> dispatches = new ArrayList<>();
    private StoredEvent stored;

    /** @param intendedNanos when it should have occurred, on the provider's clock */
    EventOccurrence(EventDraft draft, long intendedNanos, EventLog log, List<Surface> surfaces) {
        this.draft = draft;
        this.intendedNanos = intendedNanos;
        this.log = log;
        this.surfaces = surfaces;
    }

    /** Completed when the event has occurred; exceptionally when it failed to occur. */
    CompletableFuture<StoredEvent> occurred() {
        return occurred;
    }

    @Override
    public Outbox.Placed place() {
        dispatches.clear();
        stored = log.place(draft);
        List<Outbox.Delivery> due = List.of();
        for (Surface surface : surfaces) {
            Surface.Dispatch dispatch = surface.place(stored);
            dispatches.add(dispatch);
            due = both(due, dispatch.due());
        }
        return new Outbox.Placed(
                new Outbox.Event(
                        stored.position(), draft.stream(), stored.event().sequence(), stored.json()),
                due);
    }

    /** Usually there is only one. */
    private static List<Outbox.Delivery> both(List<Outbox.Delivery> one, List<Outbox.Delivery> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        List<Outbox.Delivery> both = new ArrayList<>(one);
        both.addAll(other);
        return both;
    }

    @Override
    public void kept() {
        log.keep(stored);
        for (Surface.Dispatch dispatch : dispatches) {
            dispatch.begin(intendedNanos);
        }
        occurred.complete(stored);
    }

    @Override
    public void displaced() {
        log.freePlaces();
    }

    @Override
    public void failed(Exception cause) {
        occurred.completeExceptionally(cause);
    }
}
