package dev.pushpull.report.shared;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import java.util.List;

/** Made-up runs in which every mode that there is took part. */
public final class EveryMode {
    private EveryMode() {}

    /** The run with all modes, with the traits that they declare. */
    public static Runs in(Runs runs) {
        List<DeliveryMode> all = DeliveryModes.all();
        return runs.modes(all.stream().map(DeliveryMode::name).toArray(String[]::new))
                .declared(all.stream().map(DeliveryMode::traits).toList());
    }
}
