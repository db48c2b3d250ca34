package dev.pushpull.cli;

import dev.pushpull.load.LoadDriver;

/** Reads {@code --driver}. */
final class DriverFlag {
    private DriverFlag() {}

    static LoadDriver.Kind kind(String id) {
        return LoadDriver.Kind.named(id).orElseThrow(() -> Names.unknown("driver", id, LoadDriver.Kind.ids()));
    }
}
