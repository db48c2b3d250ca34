package dev.pushpull.cli;

import dev.pushpull.experiment.run.RunListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with the rate and the remaining time, if standard error is a terminal; otherwise nothing. */
final class Progress implements RunListener, AutoCloseable {
    private final boolean shown;
    private ProgressBar bar;
    private Instant startedAt = Instant.EPOCH;
    private String phase = "";

    Progress(boolean shown) {
        this.shown = shown;
    }

    @Override
    public void phase(String what) {
        phase = what;
        if (shown) {
            close();
            System.err.println(what + " ...");
        }
    }

    @Override
    public void progress(RunListener.Progress progress) {
        if (!shown) {
            return;
        }
        if (bar == null) {
            startedAt = Instant.now();
            bar = new ProgressBarBuilder()
                    .setTaskName(phase.split(" ")[0])
                    .setInitialMax(TimeUnit.NANOSECONDS.toMillis(progress.totalNanos()))
                    .setUnit(" s", 1000)
                    .setStyle(style(System.getenv(), Terminal.takesUnicode()))
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(SafeErrors.bare()))
                    .build();
        }
        bar.stepTo(TimeUnit.NANOSECONDS.toMillis(Math.min(progress.elapsedNanos(), progress.totalNanos())));
        double seconds = Math.max(1, Duration.between(startedAt, Instant.now()).toMillis()) / 1e3;
        bar.setExtraMessage("%,d requests (%,.0f/s) %,d deliveries"
                .formatted(progress.requests(), progress.requests() / seconds, progress.deliveries()));
    }

    /** Without colour if NO_COLOR is set. */
    static ProgressBarStyle style(Map<String, String> environment, boolean unicode) {
        return !unicode
                ? ProgressBarStyle.ASCII
                : Terminal.colourIsWanted(environment)
                        ? ProgressBarStyle.COLORFUL_UNICODE_BAR
                        : ProgressBarStyle.UNICODE_BLOCK;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
