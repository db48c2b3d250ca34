package dev.pushpull.delivery;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Scenario;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** All delivery modes, and what can go along with them. */
public final class DeliveryModes {
    private DeliveryModes() {}

    /** Every mode on the class path, by name. */
    public static List<DeliveryMode> all() {
        return ServiceLoader.load(DeliveryMode.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(DeliveryMode::name))
                .toList();
    }

    private static Stream<Companion> companions(DeliveryMode mode) {
        return ServiceLoader.load(Companion.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(companion -> companion.suits(mode));
    }

    /** The flags of a mode and of what can go along with it. */
    public static List<ModeOption<?>> options(DeliveryMode mode) {
        return Stream.concat(mode.options().stream(), companions(mode).map(Companion::option))
                .toList();
    }

    /** A mode with what the scenario asks to go along with it. */
    public static DeliveryMode in(Scenario scenario, DeliveryMode mode) {
        DeliveryMode accompanied = mode;
        for (Companion companion : companions(mode).toList()) {
            accompanied = companion.with(accompanied, scenario);
        }
        return accompanied;
    }
}
