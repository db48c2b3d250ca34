package dev.pushpull.delivery;

import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Scenario;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** All delivery modes, and what can go along with them. */
public final class DeliveryModes {
    private static volatile Found last;

    private DeliveryModes() {}

    /**
     * What a class loader finds, looked for once: a search opens all jars on the class path, and a command line asks for
     * each of its flags.
     */
    private record Found(
            ClassLoader loader,
            List<ServiceLoader.Provider<DeliveryMode>> modes,
            List<ServiceLoader.Provider<Companion>> companions) {

        static Found now() {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            Found found = last;
            if (found == null || found.loader != loader) {
                found = new Found(
                        loader,
                        ServiceLoader.load(DeliveryMode.class, loader).stream().toList(),
                        ServiceLoader.load(Companion.class, loader).stream().toList());
                last = found;
            }
            return found;
        }
    }

    /** Every mode on the class path, by name. */
    public static List<DeliveryMode> all() {
        return Found.now().modes.stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(DeliveryMode::name))
                .toList();
    }

    private static Stream<Companion> companions(DeliveryMode mode) {
        return Found.now().companions.stream()
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
