package dev.pushpull.cli;

import dev.pushpull.experiment.capacity.Machine;
import dev.pushpull.experiment.run.WarmUp;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.Spans;
import dev.pushpull.scenario.Quantity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code machine}: listens to the machine beside the blocks of {@code scripts/peers}. */
@Command(
        name = "machine",
        hidden = true,
        sortOptions = false,
        footer = {"", "Example:", "  printf 'begin\\nend 3\\n' | pushpull machine"},
        description =
                "Answers each line of standard input with one: begin with the bare echoes a second that the machine"
                        + " makes just now; end SECONDS with those, and the seconds in which it stalled in the last SECONDS"
                        + " since the beginning, or a dash when nobody heard.")
final class MachineCommand implements Callable<Integer> {
    private static final String BEGIN = "begin";
    private static final String END = "end ";

    @Override
    public Integer call() throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        NanoClock clock = NanoClock.SYSTEM;
        long beganNanos = clock.nanoTime();
        try (Machine machine = new Machine(OptionalDouble.of(1), WarmUp.longestNanos(), Machine.BLOCK_NANOS)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(BEGIN)) {
                    System.out.println(machine.speed());
                    beganNanos = clock.nanoTime();
                } else if (line.startsWith(END)) {
                    long endNanos = clock.nanoTime();
                    long fromNanos = endNanos - Quantity.durationNanos("end", line.substring(END.length()) + "s");
                    Optional<Spans> stalls = machine.stallsSince(beganNanos);
                    System.out.println(machine.speed() + " "
                            + stalls.map(spans -> Double.toString(spans.within(fromNanos, endNanos) / 1e9))
                                    .orElse("-"));
                } else {
                    throw Quantity.wrong("line", line, "begin, or end and a number of seconds");
                }
                System.out.flush();
            }
        }
        return ExitCode.DONE;
    }
}
