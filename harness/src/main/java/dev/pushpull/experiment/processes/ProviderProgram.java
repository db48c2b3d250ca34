package dev.pushpull.experiment.processes;

import dev.pushpull.event.EventFactory;
import dev.pushpull.experiment.processes.ChildMessages.Acknowledged;
import dev.pushpull.experiment.processes.ChildMessages.ClockAt;
import dev.pushpull.experiment.processes.ChildMessages.Command;
import dev.pushpull.experiment.processes.ChildMessages.Endpoints;
import dev.pushpull.experiment.processes.ChildMessages.Moment;
import dev.pushpull.experiment.processes.ChildMessages.Open;
import dev.pushpull.experiment.processes.ChildMessages.ProviderReport;
import dev.pushpull.experiment.processes.ChildMessages.ProviderState;
import dev.pushpull.experiment.processes.ChildMessages.Starts;
import dev.pushpull.experiment.processes.ChildMessages.Steps;
import dev.pushpull.experiment.run.EventPlan;
import dev.pushpull.experiment.run.EventPump;
import dev.pushpull.experiment.run.LiveTrial;
import dev.pushpull.experiment.run.ProviderSide;
import dev.pushpull.experiment.run.Pumping;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.hosts.ClockProbes;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers of all modes, and the events, in a process of their own. */
final class ProviderProgram extends ChildProgram {
    private final Map<String, ProviderSide> providers = new LinkedHashMap<>();
    private Scenario scenario;
    private final List<Pumping> pumpings = new ArrayList<>();

    private ProviderProgram(String name) {
        super(name);
    }

    /** Started by {@link SeparateProcesses}. */
    public static void main(String[] arguments) throws InterruptedException {
        new ProviderProgram(arguments.length == 0 ? "provider" : arguments[0]).serve();
    }

    @Override
    Object handle(Command command) throws IOException, InterruptedException {
        switch (command.verb()) {
            case "open" -> {
                return open(command.mode(), ChildMessages.read(command.body(), Open.class));
            }
            case "reach" ->
                ClockProbes.reach(
                        ChildMessages.read(command.body(), ClockAt.class).address());
            case "start" -> {
                return start(ChildMessages.read(command.body(), Starts.class).nanosByMode());
            }
            case "events-over" -> {
                return pumpings.stream().allMatch(Pumping::over);
            }
            case "stop-events" -> {
                return Pumping.stop(pumpings);
            }
            case "close" -> close();
            default -> {
                return handle(command, providers.get(command.mode()));
            }
        }
        return "";
    }

    private Object handle(Command command, ProviderSide side) throws InterruptedException {
        switch (command.verb()) {
            case "endpoints" ->
                side.endpoints(
                        ChildMessages.read(command.body(), Endpoints.class).byUrl());
            case "state" -> {
                return new ProviderState(side.occurred(), side.recorder().requestsSoFar(), side.idle());
            }
            case "cut-short" ->
                side.recorder()
                        .cutShort(
                                ChildMessages.read(command.body(), Moment.class).nanos());
            case "stop" -> {
                side.provider().letGo();
                side.provider().stop(LiveTrial.STOP_NANOS);
            }
            case "books" -> {
                return new ProviderReport(
                        side.recorder().record(),
                        side.provider().books(),
                        side.occurred(),
                        side.lastSequences(),
                        side.failures(),
                        side.lentCpuMillis(),
                        side.requestsByAddress(),
                        side.sentByPart());
            }
            case "journal" -> {
                return new Steps(side.recorder().journal(command.mode()));
            }
            default -> throw new IllegalArgumentException(command.verb());
        }
        return "";
    }

    private String open(String mode, Open open) throws IOException {
        scenario = open.scenario();
        ProviderSide side = new ProviderSide(
                mode(mode, scenario),
                scenario,
                ProviderSide.recorder(scenario, open.followed()),
                open.where().place(Optional.empty()),
                open.others().stream()
                        .map(other -> other.place(Optional.empty()))
                        .toList());
        providers.put(mode, side);
        return side.address().toString();
    }

    private Acknowledged start(Map<String, Long> nanosByMode) {
        providers.forEach((mode, side) ->
                side.recorder().start(nanosByMode.get(mode), scenario.run().durationNanos()));
        startMeters();
        EventPlan plan = EventPlan.draw(scenario);
        EventFactory factory = new EventFactory(scenario);
        providers.forEach((mode, side) -> pumpings.add(new Pumping(
                new EventPump(plan, factory, side, NanoClock.SYSTEM, nanosByMode.get(mode)),
                new RoleThreads("events", RoleThreads.HARNESS))));
        long firstNanos =
                nanosByMode.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        return new Acknowledged(firstNanos - NanoClock.SYSTEM.nanoTime());
    }

    private void close() {
        pumpings.forEach(Pumping::close);
        pumpings.clear();
        providers.values().forEach(ProviderSide::close);
        providers.clear();
    }
}
