package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.ProcessFigures;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JVM's CPU accounts against the kernel's: roles, compiler and collector add up to the total. */
@Tag("compilers")
class ProcessCpuTest {
    private static final List<String> PARTS = List.of("provider", "poller", "receiver");

    @BeforeEach
    void onlyWhereTheKernelTells() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/stat")), "no /proc here");
    }

    @Test
    @Timeout(240)
    void thePartsOfAProcessesCpuMakeUpTheKernelsFigure() throws Exception {
        Map<String, ProcessFigures> figures = new LinkedHashMap<>();
        run(4 * ComparisonTest.SECOND, figures);
        for (String part : PARTS) {
            // The kernel counts in ticks of 10 ms, once for the process and once for each of about ten threads of the
            // JVM's own at either end: up to 0.2 s can get lost. On a busy machine time passes between one reading and
            // the next, while the compiler goes on. A forgotten part would still be noticed: each of the roles and the
            // compiler take more than a quarter of so short a run.
            ProcessFigures one = figures.get(part);
            double kernel = one.cpuMillis();
            assertThat(List.of(one.threadsMillis(), one.jitMillis())).as(part).allMatch(millis -> millis > 0);
            assertThat(sum(one)).as(part).isBetween(0.75 * kernel - 200, 1.25 * kernel + 200);
        }
    }

    @Test
    @Tag("slow")
    @Timeout(1200)
    void thePartsAgreeWithTheKernelWithinFivePercentOverSixtySecondsOfCpu() throws Exception {
        Map<String, ProcessFigures> figures = new LinkedHashMap<>();
        double kernel = 0;
        for (int run = 0; run < 12 && kernel < 60_000; run++) {
            run(20 * ComparisonTest.SECOND, figures);
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

    /** Adds the CPU of a busy run. */
    private static void run(long durationNanos, Map<String, ProcessFigures> figures) throws Exception {
        Scenario scenario = ComparisonTest.scenario(
                new PoissonArrivals(50),
                Scenario.Streams.PER_CONSUMER,
                20,
                durationNanos,
                40 * ComparisonTest.MILLISECOND);
        new Comparison(
                        scenario,
                        DeliveryModes.all().stream()
                                .filter(mode -> scenario.run().modes().contains(mode.name()))
                                .toList(),
                        new Interruption(),
                        RunListener.NONE)
                .inSeparateProcesses()
                .run()
                .processes()
                .forEach(process -> figures.merge(process.name(), process, ProcessFigures::plus));
    }
}
