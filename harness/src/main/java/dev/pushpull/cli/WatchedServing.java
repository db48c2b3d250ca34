package dev.pushpull.cli;

import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.standalone.Serving;
import dev.pushpull.watch.WatchLane;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The page of a provider that runs alone, if it was asked for. */
final class WatchedServing implements AutoCloseable {
    private static final ModeTraits TRAITS = new ModeTraits(
            Begins.PROVIDER,
            Set.of(),
            "the provider",
            false,
            "The provider alone: its events, and the webhooks it sends. An event has arrived when its webhook is"
                    + " acknowledged; who polls is only counted.",
            1);

    private final Optional<Watching> page;

    private WatchedServing(Optional<Watching> page) {
        this.page = page;
    }

    static WatchedServing of(WatchFlag flag, Serving serving, Scenario scenario) {
        Optional<Watching> page = flag.open("A provider, live", RunListener.NONE);
        page.ifPresent(watching -> {
            watching.phase("serving at " + serving.address() + "/events");
            watching.shows(
                    List.of(new WatchLane(
                            "serve",
                            TRAITS,
                            WatchLane.Setting.of(scenario),
                            serving.watched(WatchLane.MOST_CONSUMERS),
                            () -> counts(serving.counts()),
                            WatchLane.Expected.nothing("when consumers got an event is not known here"),
                            System.nanoTime())),
                    () -> WatchLane.UNKNOWN);
        });
        return new WatchedServing(page);
    }

    private static WatchLane.Counts counts(Map<String, Long> so) {
        return new WatchLane.Counts(so.get("events"), so.get("requests"), WatchLane.UNKNOWN, so.get("acknowledged"));
    }

    /** No more events occur. */
    void over() {
        page.ifPresent(watching -> watching.phase("over"));
    }

    @Override
    public void close() {
        page.ifPresent(Watching::close);
    }
}
