package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.processes.ChildMessages.Command;
import dev.pushpull.experiment.processes.ChildMessages.Hello;
import dev.pushpull.experiment.processes.ChildMessages.Reply;
import dev.pushpull.experiment.processes.ChildMessages.Used;
import dev.pushpull.host.Compilation;
import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.HiccupMeter;
import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ParentLink;
import dev.pushpull.host.ProcessMeter;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.hosts.ClockServer;
import dev.pushpull.hosts.ThisProgram;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;

/**
 * A part of a run in a process of its own: it does what its parent asks, one request after another, and ends with it.
 */
abstract class ChildProgram {
    private final String name;
    private final ParentLink parent;
    private CpuMeter cpu = new CpuMeter();
    private ProcessMeter process = new ProcessMeter();
    private HiccupMeter hiccups;
    private Distribution heard = Distribution.empty();

    ChildProgram(String name) {
        this.name = name;
        this.parent = ParentLink.open();
    }

    /** Never returns: the process ends when its parent is gone. */
    final void serve() throws InterruptedException {
        while (true) {
            Reply reply;
            try {
                Command command = ChildMessages.read(parent.receive(), Command.class);
                reply = new Reply("", ChildMessages.text(answer(command)));
            } catch (IOException | RuntimeException e) {
                reply = new Reply(Failures.sentence(e), "");
            }
            parent.send(ChildMessages.text(reply));
        }
    }

    private Object answer(Command command) throws IOException, InterruptedException {
        return switch (command.verb()) {
            case "hello" -> hello(ChildMessages.read(command.body(), String.class));
            case "used" -> used();
            case "compilation" -> Compilation.millis();
            default -> handle(command);
        };
    }

    /** @param bind where to tell this host's clock; empty for nowhere */
    private static Hello hello(String bind) throws IOException {
        return new Hello(
                ThisProgram.identity(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                HostClocks.now(NanoClock.SYSTEM),
                bind.isEmpty() ? 0 : new ClockServer(bind, NanoClock.SYSTEM).port());
    }

    private Used used() throws InterruptedException {
        if (hiccups != null) {
            heard = hiccups.stop();
            hiccups = null;
        }
        return new Used(cpu.millisByRole(), process.figures(name), heard);
    }

    /** The link to its parent. */
    final ParentLink parent() {
        return parent;
    }

    /** CPU counts from now on, and the pauses of a host that has only this part's meter. */
    final void startMeters() {
        cpu = new CpuMeter();
        process = new ProcessMeter();
        if (parent.isLeased()) {
            if (hiccups != null) {
                hiccups.close();
            }
            hiccups = new HiccupMeter(NanoClock.SYSTEM, new RoleThreads("run", RoleThreads.HARNESS));
            hiccups.start();
        }
    }

    /** The type that {@link ChildMessages} has for the verb; any object where nothing needs saying. */
    abstract Object handle(Command command) throws IOException, InterruptedException;

    static DeliveryMode mode(String name, Scenario scenario) {
        return DeliveryModes.all().stream()
                .filter(mode -> mode.name().equals(name))
                .map(mode -> DeliveryModes.in(scenario, mode))
                .findFirst()
                .orElseThrow();
    }
}
