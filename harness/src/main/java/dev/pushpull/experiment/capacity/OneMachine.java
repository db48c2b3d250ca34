package dev.pushpull.experiment.capacity;

import dev.pushpull.experiment.run.WarmUp;
import dev.pushpull.host.Spans;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/** This machine: a meter hears its stalls, and a reference follows its speed. */
final class OneMachine implements LoadPlace {
    private final Capacity.Setting setting;
    private final Machine machine;

    OneMachine(Capacity.Setting setting) throws IOException, InterruptedException {
        this.setting = setting;
        long blockNanos = Math.min(Machine.BLOCK_NANOS, setting.stepNanos());
        machine = new Machine(setting.nominalPerSecond(), WarmUp.longestNanos(), blockNanos);
    }

    @Override
    public PathSteps open(CapacityPath path) throws IOException, InterruptedException {
        return new PathProcesses(path, setting);
    }

    @Override
    public double speed() throws IOException, InterruptedException {
        return machine.speed();
    }

    @Override
    public OptionalDouble nominalPerSecond() {
        return OptionalDouble.of(machine.nominalPerSecond());
    }

    @Override
    public String listening() {
        return machine.listening();
    }

    @Override
    public Optional<Spans> stallsSince(long nanos) throws IOException, InterruptedException {
        return machine.stallsSince(nanos);
    }

    @Override
    public void close() {
        machine.close();
    }
}
