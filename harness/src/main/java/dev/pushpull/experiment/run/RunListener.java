package dev.pushpull.experiment.run;

/** Learns how a run gets on; called a few times a second. */
public interface RunListener {
    /** Nobody watches. */
    RunListener NONE = new RunListener() {
        @Override
        public void phase(String what) {}

        @Override
        public void progress(Progress progress) {}
    };

    /** Something new begins: warming up, measuring, draining. */
    void phase(String what);

    void progress(Progress progress);

    /**
     * How far the measured time is.
     *
     * @param requests polls and attempts so far, all modes
     */
    record Progress(long elapsedNanos, long totalNanos, long events, long requests, long deliveries) {}
}
