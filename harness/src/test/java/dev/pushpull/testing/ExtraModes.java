package dev.pushpull.testing;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Modes that only the tests have. Code here can use them without naming them. */
public final class ExtraModes {
    private ExtraModes() {}

    /** The modes on the tests' class path that the program's own services file does not have. */
    public static List<DeliveryMode> all() {
        Set<String> own = ProgramAlone.calls(DeliveryModes::all).stream()
                .map(DeliveryMode::name)
                .collect(Collectors.toSet());
        return DeliveryModes.all().stream()
                .filter(mode -> !own.contains(mode.name()))
                .toList();
    }
}
