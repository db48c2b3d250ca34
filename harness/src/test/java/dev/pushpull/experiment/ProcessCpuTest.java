package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.ProcessMeter;
import dev.pushpull.load.Lines;
import dev.pushpull.scenario.ProcessFigures;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.SharedClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JVM's CPU accounts against the kernel's: roles, compilers and collector add up to the total. The JVMs that are
 * looked at have both compilers, which those of the tests have not.
 */
@Tag("live")
public class ProcessCpuTest {
    private static final List<String> PARTS = List.of("provider", "poller", "receiver");

    /**
     * A cold JVM has much to compile, and a small heap is often collected: the more there is to be counted. The later
     * the compilers start, the less goes to the JVMs' own start, at which nobody looks.
     */
    private static final List<String> FLAGS = List.of(
            "-Xmx256m",
            "-Xmn8m",
            "-XX:CompileThresholdScaling=3",
            "-Dpushpull.longestWarmUpMillis=20",
            "-Dpushpull.agreementReplicates=2");

    @TempDir
    private Path directory;

    @BeforeEach
    void onlyWhereTheKernelTells() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "no /proc here");
    }

    /** Of one process with all roles; what each process of a run says is looked at where one is made anyway. */
    @Test
    @Timeout(240)
    void thePartsOfAProcessesCpuMakeUpTheKernelsFigure() throws Exception {
        Map<String, ProcessFigures> figures = new LinkedHashMap<>();
        run(1, 8, BusyProcess.class, figures);
        ProcessFigures one = figures.get(BusyProcess.NAME);
        assertThat(List.of(one.threadsMillis(), one.jitMillis(), one.gcMillis()))
                .as("%s", one)
                .allMatch(millis -> millis > 0);
        assertThatPartsMakeUpTheKernelsFigures(List.of(one));
    }

    /**
     * The kernel counts in ticks of 10 ms, once for the process and once for each of about ten threads of the JVM's own
     * at either end: up to 0.2 s can get lost. On a busy machine time passes between one reading and the next, while
     * the compiler goes on. A forgotten part would still be noticed, since most of that cancels out, and each of the
     * roles and the compilers take more than a quarter.
     */
    public static void assertThatPartsMakeUpTheKernelsFigures(List<ProcessFigures> processes) {
        double kernelInAll = 0;
        double partsInAll = 0;
        for (ProcessFigures one : processes) {
            double kernel = one.cpuMillis();
            assertThat(List.of(one.threadsMillis(), one.jitMillis()))
                    .as(one.name())
                    .allMatch(millis -> millis > 0);
            assertThat(sum(one)).as(one.name()).isBetween(0.75 * kernel - 200, 1.25 * kernel + 200);
            kernelInAll += kernel;
            partsInAll += sum(one);
        }
        assertThat(partsInAll).as("%s", processes).isBetween(0.88 * kernelInAll - 100, 1.12 * kernelInAll + 100);
    }

    @Test
    @Tag("slow")
    @Timeout(1200)
    void thePartsAgreeWithTheKernelWithinFivePercentOverSixtySecondsOfCpu() throws Exception {
        Map<String, ProcessFigures> figures = new LinkedHashMap<>();
        double kernel = 0;
        for (int run = 0; run < 12 && kernel < 60_000; run++) {
            run(20, 20, BusyRun.class, figures);
            kernel = PARTS.stream()
                    .mapToDouble(part -> figures.get(part).cpuMillis())
                    .sum();
        }
        double parts =
                PARTS.stream().mapToDouble(part -> sum(figures.get(part))).sum();
        assertThat(kernel).as("enough to tell").isGreaterThanOrEqualTo(60_000);
        assertThat(parts).as("%s", figures).isBetween(0.95 * kernel, 1.05 * kernel);
    }

    private static double sum(ProcessFigures figures) {
        return figures.threadsMillis() + figures.jitMillis() + figures.gcMillis();
    }

    /** Adds the CPU of a busy run, which another JVM makes. */
    private void run(int seconds, int consumers, Class<?> program, Map<String, ProcessFigures> figures)
            throws Exception {
        Path said = directory.resolve("figures");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(SharedClasses.flags());
        command.addAll(List.of(program.getName(), "" + seconds, "" + consumers));
        Process process = new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
        for (String line : Files.readAllLines(said)) {
            ProcessFigures one = Lines.read(line, ProcessFigures.class);
            figures.merge(one.name(), one, ProcessFigures::plus);
        }
    }

    private static Scenario busy(String[] secondsAndConsumers) {
        return ComparisonTest.scenario(
                new PoissonArrivals(50),
                Scenario.Streams.PER_CONSUMER,
                Integer.parseInt(secondsAndConsumers[1]),
                Integer.parseInt(secondsAndConsumers[0]) * ComparisonTest.SECOND,
                40 * ComparisonTest.MILLISECOND);
    }

    private static List<DeliveryMode> modes(Scenario scenario) {
        return DeliveryModes.all().stream()
                .filter(mode -> scenario.run().modes().contains(mode.name()))
                .toList();
    }

    /** Prints what its processes used. */
    static final class BusyRun {
        private BusyRun() {}

        public static void main(String[] secondsAndConsumers) throws Exception {
            Scenario scenario = busy(secondsAndConsumers);
            new Comparison(scenario, modes(scenario), new Interruption(), RunListener.NONE)
                    .inSeparateProcesses()
                    .run()
                    .processes()
                    .forEach(process -> System.out.println(Lines.of(process)));
        }
    }

    /** The same in this process alone, from when it begins to measure. */
    static final class BusyProcess {
        static final String NAME = "all roles";
        private static volatile ProcessMeter meter;
        private static volatile ProcessFigures figures;

        private BusyProcess() {}

        public static void main(String[] secondsAndConsumers) throws Exception {
            Scenario scenario = busy(secondsAndConsumers);
            List<DeliveryMode> modes = modes(scenario);
            RunListener listener = new RunListener() {
                @Override
                public void phase(String what) {
                    meter = what.startsWith("measuring") ? new ProcessMeter() : meter;
                }

                @Override
                public void progress(Progress progress) {
                    figures = meter.figures(NAME); // the last: later the threads of no role end, and take theirs along
                }
            };
            new Comparison(scenario, modes, new Interruption(), listener, ComparisonTest.unwarmed(modes)).run();
            System.out.println(Lines.of(figures));
        }
    }
}
