package dev.pushpull.scenario;

/**
 * What one process of a run used from the start of the measured time until nothing was on its way any more; of several
 * trials all together.
 *
 * @param name provider, poller, receiver or harness
 * @param cpuMillis of the whole process, by the kernel
 * @param threadsMillis of that, its Java threads, by the JVM
 * @param jitMillis of that, the compiler's threads, by the kernel
 * @param gcMillis of that, the collector's threads and the VM's own, by the kernel
 * @param collections of garbage
 * @param pausedMillis by collections
 * @param mostResidentBytes the most memory it held since it began
 */
public record ProcessFigures(
        String name,
        double cpuMillis,
        double threadsMillis,
        double jitMillis,
        double gcMillis,
        long collections,
        long pausedMillis,
        long mostResidentBytes) {
    /** The same process over another time as well. */
    public ProcessFigures plus(ProcessFigures later) {
        return new ProcessFigures(
                name,
                cpuMillis + later.cpuMillis,
                threadsMillis + later.threadsMillis,
                jitMillis + later.jitMillis,
                gcMillis + later.gcMillis,
                collections + later.collections,
                pausedMillis + later.pausedMillis,
                Math.max(mostResidentBytes, later.mostResidentBytes));
    }
}
