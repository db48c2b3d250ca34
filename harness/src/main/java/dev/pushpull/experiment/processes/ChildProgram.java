package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.processes.ChildMessages.Command;
import dev.pushpull.experiment.processes.ChildMessages.Reply;
import dev.pushpull.experiment.processes.ChildMessages.Used;
import dev.pushpull.host.Compilation;
import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.ParentLink;
import dev.pushpull.host.ProcessMeter;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;

/**
 * A part of a run in a process of its own: it does what its parent asks, one request after another, and ends with it.
 */
abstract class ChildProgram {
    private final String name;
    private CpuMeter cpu = new CpuMeter();
    private ProcessMeter process = new ProcessMeter();

    ChildProgram(String name) {
        this.name = name;
    }

    /** Never returns: the process ends when its parent is gone. */
    final void serve() throws InterruptedException {
        ParentLink parent = ParentLink.open();
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
        if (command.verb().equals("used")) {
            return new Used(cpu.millisByRole(), process.figures(name));
        }
        if (command.verb().equals("compilation")) {
            return Compilation.millis();
        }
        return handle(command);
    }

    /** CPU counts from now on. */
    final void startMeters() {
        cpu = new CpuMeter();
        process = new ProcessMeter();
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
