package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.host.MachineLimits;
import dev.pushpull.http.DirectHttpClient;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Scenario;
import java.util.List;
import java.util.stream.LongStream;

/** Checks before a live run begins whether the machine can carry it at all. */
public final class Feasibility {
    /** The program's own files, its listening sockets, and the threads that compile and collect garbage. */
    private static final long FILES_OTHERWISE = 200;

    /** The relay that delays a connection is a peer of both ends. */
    private static final int RELAY_SOCKETS = 2;

    private static final long THREADS_OTHERWISE = 100;
    private static final double BYTES_OTHERWISE = 50e6;

    /**
     * Measured with 10,000 consumers: their places in the timer or their secrets, and the few events that each one
     * gets.
     */
    private static final double BYTES_A_CONSUMER = 2.5e3;

    /** Measured with 4,000: a poll's connection on both sides, and a stack outside the heap. */
    private static final double BYTES_A_HELD_POLL = 9e3;

    private final Scenario scenario;
    private final MachineLimits limits;

    private Feasibility(Scenario scenario, MachineLimits limits) {
        this.scenario = scenario;
        this.limits = limits;
    }

    /**
     * @param separate whether the two ends of a connection are in separate processes
     * @throws InvalidInputException when it cannot, with the reason and a remedy
     */
    public static void check(Scenario scenario, List<DeliveryMode> modes, MachineLimits limits, boolean separate) {
        Feasibility feasibility = new Feasibility(scenario, limits);
        int together = scenario.run().isolate() ? 1 : modes.size();
        for (DeliveryMode mode : modes) {
            feasibility.ports(mode, mode.live().demand(scenario));
        }
        LiveDemand most = atOnce(scenario, modes);
        feasibility.files(most, descriptors(scenario, modes, separate));
        feasibility.threads(most);
        feasibility.heap(most, together);
    }

    /** The most file descriptors that a run needs in one process, on top of those already open. */
    public static long descriptors(Scenario scenario, List<DeliveryMode> modes, boolean separate) {
        int socketsAConnection = (separate ? 1 : 2) + (scenario.wire().relayed() ? RELAY_SOCKETS : 0);
        LongStream ofModes = modes.stream()
                .map(mode -> mode.live().demand(scenario))
                .mapToLong(demand -> (long) socketsAConnection * demand.connections()
                        + (DirectHttpClient.MOST_DESCRIPTORS_A_CONNECTION - 1L) * demand.posting());
        return FILES_OTHERWISE + (scenario.run().isolate() ? ofModes.max().orElse(0) : ofModes.sum());
    }

    private static LiveDemand atOnce(Scenario scenario, List<DeliveryMode> modes) {
        return modes.stream()
                .map(mode -> mode.live().demand(scenario))
                .reduce(new LiveDemand(0, 0, 0, 0), scenario.run().isolate() ? LiveDemand::or : LiveDemand::plus);
    }

    private void files(LiveDemand demand, long descriptors) {
        long needed = descriptors + limits.usedFiles();
        if (needed > limits.openFiles()) {
            throw refused(
                    "%,d connections at once need about %,d file descriptors and there are %,d",
                    "'ulimit -n %d' before it, where the hard limit allows (see 'ulimit -Hn')".formatted(needed),
                    (long) demand.connections(),
                    needed,
                    limits.openFiles());
        }
    }

    private void ports(DeliveryMode mode, LiveDemand demand) {
        if (demand.connections() > limits.ports()) {
            throw refused(
                    "%s holds %,d connections to one address at once and there are %,d ephemeral ports",
                    "a wider range in net.ipv4.ip_local_port_range",
                    mode.name(),
                    (long) demand.connections(),
                    limits.ports());
        }
    }

    private void threads(LiveDemand demand) {
        long needed = demand.threads() + THREADS_OTHERWISE;
        if (needed > limits.threads()) {
            throw refused(
                    "%,d requests at once need a thread each, about %,d, and the system grants %,d",
                    "more of 'ulimit -u', kernel.threads-max, kernel.pid_max and half of vm.max_map_count",
                    (long) demand.threads(),
                    needed,
                    limits.threads());
        }
    }

    private void heap(LiveDemand demand, int modesTogether) {
        int consumers = scenario.events().consumers();
        double needed =
                BYTES_OTHERWISE + BYTES_A_CONSUMER * modesTogether * consumers + BYTES_A_HELD_POLL * demand.held();
        if (needed > limits.heapBytes()) {
            throw refused(
                    "they need about %,d MiB of heap and there are %,d MiB",
                    "PUSHPULL_JAVA_OPTS=-Xmx with more", mebibytes(needed), mebibytes(limits.heapBytes()));
        }
    }

    private static long mebibytes(double bytes) {
        return Math.round(bytes / (1 << 20));
    }

    private InvalidInputException refused(String reason, String remedy, Object... figures) {
        return new InvalidInputException("--consumers: '%d' is not accepted here: %s; accepted: fewer, or %s"
                .formatted(scenario.events().consumers(), reason.formatted(figures), remedy));
    }
}
