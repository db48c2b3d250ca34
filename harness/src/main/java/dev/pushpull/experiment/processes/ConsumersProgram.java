package dev.pushpull.experiment.processes;

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
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** The consumers of some modes, in a process of their own. */
final class ConsumersProgram extends ChildProgram {
    private final Map<String, ConsumerSide> consumers = new LinkedHashMap<>();
    private Scenario scenario;

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
            case "start" ->
                start(ChildMessages.read(command.body(), Starts.class).nanosByMode());
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
                        .cutShort(
                                ChildMessages.read(command.body(), Moment.class).nanos());
            case "ask-no-more" -> side.consumers().askNoMore();
            case "stop" -> side.consumers().stop(LiveTrial.STOP_NANOS);
            case "books" -> {
                Sequences last = ChildMessages.read(command.body(), Sequences.class);
                return new ConsumerReport(
                        side.recorder().record(), side.consumers().books(), side.missing(last.byStream()));
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
                ProviderSide.recorder(scenario, open.followed()));
        consumers.put(mode, side);
        return new Endpoints(side.consumers().books().endpoints());
    }

    private void start(Map<String, Long> nanosByMode) {
        startMeters();
        consumers.forEach((mode, side) -> {
            long startNanos = nanosByMode.get(mode);
            side.recorder().start(startNanos, scenario.run().durationNanos());
            side.start(startNanos);
        });
    }
}
