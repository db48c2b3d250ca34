package dev.pushpull.surface;

import dev.pushpull.event.EventDraft;
import dev.pushpull.event.EventLog;
import dev.pushpull.event.StoredEvent;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import java.util.concurrent.CompletableFuture;

/** A provider as its surfaces see it. */
public interface Source {
    /** The events it keeps. */
    EventLog log();

    NanoClock clock();

    /** For the surface's own work; its CPU counts as the provider's. */
    RoleThreads threads();

    /** An event occurs now; completed when it is kept, exceptionally when it cannot be. */
    CompletableFuture<StoredEvent> occur(EventDraft draft);
}
