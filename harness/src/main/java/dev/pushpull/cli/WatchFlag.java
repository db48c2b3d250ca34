package dev.pushpull.cli;

import dev.pushpull.experiment.run.RunListener;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --watch}. */
final class WatchFlag {
    static final String NAME = "--watch";

    @Option(
            names = NAME,
            description = "Serve a page on loopback that shows the run event by event. Its address, with a token, goes "
                    + "to standard error. The page ends with the run, and then shows the report.")
    @FlagGroup.In(FlagGroup.RESULTS)
    private boolean watch;

    boolean given() {
        return watch;
    }

    /** The page of an observation, if it was asked for. */
    Optional<Watching> openForItems(String title) {
        return watch ? Optional.of(Watching.ofItems(title)) : Optional.empty();
    }

    /** The page, if it was asked for. */
    Optional<Watching> open(String title, RunListener other) {
        return watch ? Optional.of(Watching.of(title, Optional.empty(), other)) : Optional.empty();
    }
}
