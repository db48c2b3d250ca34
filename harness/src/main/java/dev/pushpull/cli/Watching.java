package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WatchedTrial;
import dev.pushpull.measure.Tail;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.RunRecord.Finding;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.watch.Controls;
import dev.pushpull.watch.Watch;
import dev.pushpull.watch.WatchLane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Shows the progress of a run on a page, and passes it on to another listener. Its address goes to standard error. */
final class Watching implements RunListener, AutoCloseable {
    private final Watch watch;
    private final RunListener other;

    private Watching(Watch watch, RunListener other) {
        this.watch = watch;
        this.other = other;
        System.err.println("Watch it at " + watch.address());
    }

    /**
     * Opens the page.
     *
     * @param title what is watched
     * @param controls what readers of the page may change, if anything
     */
    static Watching of(String title, Optional<Controls> controls, RunListener other) {
        return new Watching(new Watch(title, Watch.Things.EVENTS, controls), other);
    }

    /** Opens the page of an observation. */
    static Watching ofItems(String title) {
        return new Watching(new Watch(title, Watch.Things.ITEMS, Optional.empty()), RunListener.NONE);
    }

    /** Where the page is. */
    URI address() {
        return watch.address();
    }

    @Override
    public void phase(String what) {
        watch.phase(what);
        other.phase(what);
    }

    @Override
    public void progress(Progress progress) {
        elapsed(progress.elapsedNanos(), progress.totalNanos());
        other.progress(progress);
    }

    @Override
    public void begins(List<WatchedTrial> trials, LongSupplier pauseNanos) {
        List<WatchLane> lanes = new ArrayList<>();
        for (WatchedTrial trial : trials) {
            int consumers = trial.scenario().events().consumers();
            trial.watched(Math.min(WatchLane.MOST_CONSUMERS, consumers))
                    .ifPresent(tail -> lanes.add(lane(trial, tail)));
        }
        watch.begins(lanes, pauseNanos);
        other.begins(trials, pauseNanos);
    }

    /** How far what is no trial has come; of nobody knows how much, if the total is 0. */
    void elapsed(long nanos, long totalNanos) {
        watch.progress(nanos, totalNanos);
    }

    /** Shows what is no trial, from now on. */
    void shows(List<WatchLane> lanes, LongSupplier pauseNanos) {
        watch.begins(lanes, pauseNanos);
    }

    private static WatchLane lane(WatchedTrial trial, Tail tail) {
        return new WatchLane(
                trial.mode().name(),
                trial.mode().traits(),
                WatchLane.Setting.of(trial.scenario()),
                tail,
                () -> {
                    WatchedTrial.Counts counts = trial.counts();
                    return new WatchLane.Counts(
                            counts.events(), counts.requests(), counts.empty(), counts.deliveries());
                },
                expected(trial.mode(), trial.scenario()),
                trial.startNanos());
    }

    /** Some closed forms know the whole curve only of drawn legs, others only of constant ones: whatever tells more. */
    static WatchLane.Expected expected(DeliveryMode mode, Scenario drawn) {
        return WatchLane.Expected.of(Stream.of(drawn.withNetwork(drawn.network().constant()), drawn)
                .flatMap(scenario -> mode.predict(scenario).stream())
                .max(Comparator.comparingInt(
                        prediction -> prediction.latencyCurve().size())));
    }

    /** What the page cost, for the run's record. */
    Optional<Finding> cost() {
        return watch.cpuShare().stream()
                .mapToObj(share -> new Finding(
                        "CPU of the page that showed the run",
                        100 * share,
                        "%.2f %% of the program's; the browser's is not in it".formatted(100 * share)))
                .findFirst();
    }

    /** Shows the report in the place of the run, if it was written; else the page says that the run is over. */
    void report(Path folder) {
        Path report = folder.resolve("report.html");
        try {
            if (Files.exists(report)) {
                watch.report(Files.readAllBytes(report));
            }
        } catch (IOException e) {
            System.err.println("pushpull: the page cannot show " + report + ": " + Failures.sentence(e));
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
