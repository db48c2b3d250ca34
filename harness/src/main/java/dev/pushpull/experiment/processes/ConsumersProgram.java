package dev.pushpull.experiment.processes;

import dev.pushpull.experiment.processes.ChildMessages.Acknowledged;
import dev.pushpull.experiment.processes.ChildMessages.ClockAt;
import dev.pushpull.experiment.processes.ChildMessages.Command;
import dev.pushpull.experiment.processes.ChildMessages.ConsumerReport;
import dev.pushpull.experiment.processes.ChildMessages.ConsumerState;
import dev.pushpull.experiment.processes.ChildMessages.Endpoints;
import dev.pushpull.experiment.processes.ChildMessages.Moment;
import dev.pushpull.experiment.processes.ChildMessages.Open;
import dev.pushpull.experiment.processes.ChildMessages.Sequences;
import dev.pushpull.experiment.processes.ChildMessages.Starts;
import dev.pushpull.experiment.processes.ChildMessages.Steps;
import dev.pushpull.experiment.run.ConsumerSide;
import dev.pushpull.experiment.run.LiveTrial;
import dev.pushpull.experiment.run.ProviderSide;
import dev.pushpull.host.NanoClock;
import dev.pushpull.hosts.ClockComparison;
import dev.pushpull.hosts.ClockProbes;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The consumers of some modes, in a process of their own. */
final class ConsumersProgram extends ChildProgram {
    /** Where everything is dropped, a system would wait for minutes. */
    private static final int CONNECT_MILLIS = 5_000;

    private final Map<String, ConsumerSide> consumers = new LinkedHashMap<>();
    private Scenario scenario;

    /** The provider's, where that is another than this host's; else null. */
    private ClockProbes clock;

    private String address = "";

    private ConsumersProgram(String name) {
        super(name);
    }

    /** Started by {@link SeparateProcesses} with the name of the part. */
    public static void main(String[] arguments) throws InterruptedException {
        new ConsumersProgram(arguments[0]).serve();
    }

    @Override
    Object handle(Command command) throws IOException, InterruptedException {
        switch (command.verb()) {
            case "open" -> {
                return open(command.mode(), ChildMessages.read(command.body(), Open.class));
            }
            case "watch-clock" -> watch(ChildMessages.read(command.body(), ClockAt.class));
            case "start" -> {
                return start(ChildMessages.read(command.body(), Starts.class).nanosByMode());
            }
            case "close" -> {
                consumers.values().forEach(ConsumerSide::close);
                consumers.clear();
            }
            default -> {
                return handle(command, consumers.get(command.mode()));
            }
        }
        return "";
    }

    private Object handle(Command command, ConsumerSide side) throws InterruptedException {
        switch (command.verb()) {
            case "state" -> {
                return new ConsumerState(
                        side.recorder().requestsSoFar(), side.recorder().deliveredSoFar());
            }
            case "cut-short" ->
                side.recorder()
                        .cutShort(hereNanos(
                                ChildMessages.read(command.body(), Moment.class).nanos()));
            case "ask-no-more" -> side.consumers().askNoMore();
            case "stop" -> side.consumers().stop(LiveTrial.STOP_NANOS);
            case "books" -> {
                Sequences last = ChildMessages.read(command.body(), Sequences.class);
                return new ConsumerReport(
                        side.recorder().record(),
                        side.consumers().books(),
                        side.missing(last.byStream()),
                        side.recorder().earliestNanos(),
                        clock == null
                                ? ClockComparison.SAME
                                : clock.between(side.recorder().startNanos(), System.nanoTime()),
                        address);
            }
            case "journal" -> {
                return new Steps(side.recorder().journal(command.mode()));
            }
            default -> throw new IllegalArgumentException(command.verb());
        }
        return "";
    }

    private Endpoints open(String mode, Open open) throws IOException {
        scenario = open.scenario();
        ConsumerSide side = new ConsumerSide(
                mode(mode, scenario),
                URI.create(open.provider()),
                scenario,
                ProviderSide.recorder(scenario, open.followed(), open.where().place(Optional.ofNullable(clock))));
        consumers.put(mode, side);
        return new Endpoints(side.consumers().books().endpoints());
    }

    /** Listens to the provider's clock from now on, and compares it unless it is this host's own. */
    private void watch(ClockAt at) throws IOException, InterruptedException {
        InetSocketAddress provider = at.address();
        address = addressTowards(provider, CONNECT_MILLIS);
        ClockProbes probes = new ClockProbes(provider, NanoClock.SYSTEM);
        probes.begin();
        parent().tells(probes::unheardNanos);
        clock = at.same() ? null : probes;
    }

    /** This host's own address on the way to another, which must take a connection within so long. */
    static String addressTowards(InetSocketAddress there, int mostMillis) throws IOException {
        try (Socket way = new Socket()) {
            way.connect(new InetSocketAddress(there.getHostString(), there.getPort()), mostMillis);
            return way.getLocalAddress().getHostAddress();
        }
    }

    private long hereNanos(long providerNanos) {
        return clock == null ? providerNanos : clock.hereNanos(providerNanos);
    }

    private Acknowledged start(Map<String, Long> nanosByMode) {
        startMeters();
        long firstNanos = Long.MAX_VALUE;
        for (Map.Entry<String, ConsumerSide> one : consumers.entrySet()) {
            long startNanos = hereNanos(nanosByMode.get(one.getKey()));
            one.getValue().recorder().start(startNanos, scenario.run().durationNanos());
            one.getValue().start(startNanos);
            firstNanos = Math.min(firstNanos, startNanos);
        }
        return new Acknowledged(firstNanos - NanoClock.SYSTEM.nanoTime());
    }
}
