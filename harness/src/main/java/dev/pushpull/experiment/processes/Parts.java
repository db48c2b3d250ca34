package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.processes.ChildMessages.Where;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The processes of a run: one with the events, and some with consumers. */
interface Parts {
    /**
     * A process and what it is responsible for.
     *
     * @param host for errors
     */
    record Part(ChildProcess process, Where where, String host) {}

    Part provider();

    /** The processes with the consumers of a mode, which share them by number. */
    List<Part> consumers(DeliveryMode mode, Scenario scenario) throws IOException;

    /** Why one is no longer there, which ends what runs; empty while all are. */
    Optional<String> lost();

    /** Whether they are on hosts that someone named, so that each is accounted for by itself. */
    boolean areOnHosts();

    /** What is known about each part's host before anything is measured; empty where nobody named one. */
    Optional<HostFigures> host(Part part);
}
