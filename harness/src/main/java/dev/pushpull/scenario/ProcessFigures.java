package dev.pushpull.scenario;

/**
 * What one process of a run used, from the start of the measured time until nothing was on its way any more; the sum
 * over all trials.
 *
 * @param name provider, poller, receiver or harness
 * @param cpuMillis of the whole process, by the kernel
 * @param threadsMillis the part of its Java threads, as the JVM counts it
 * @param jitMillis the part of the compiler's threads, as the kernel counts it
 * @param gcMillis the part of the garbage collector's threads and the VM's own, as the kernel counts it
 * @param collections number of garbage collections
 * @param pausedMillis by garbage collections
 * @param mostResidentBytes the most memory it held since its start
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
