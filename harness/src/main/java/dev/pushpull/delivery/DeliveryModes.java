package dev.pushpull.delivery;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** All delivery modes. */
public final class DeliveryModes {
    private DeliveryModes() {}

    /** Every mode on the class path, by name. */
    public static List<DeliveryMode> all() {
        return ServiceLoader.load(DeliveryMode.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(DeliveryMode::name))
                .toList();
    }
}
