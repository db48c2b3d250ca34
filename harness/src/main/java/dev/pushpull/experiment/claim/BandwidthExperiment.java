package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import java.io.IOException;

/** Whether a delivery takes more bytes by polling than by webhook, and up to which load factor. */
final class BandwidthExperiment implements ClaimExperiment {
    @Override
    public Claim claim() {
        return Claim.BANDWIDTH_EFFICIENCY;
    }

    @Override
    public ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException {
        return judged(setting.loadSweep());
    }

    static ClaimFinding judged(LoadSweep sweep) {
        return EffortExperiment.dearer(
                sweep, Claim.BANDWIDTH_EFFICIENCY, "bytes_per_delivery", "bytes", "crossover_bytes_load_factor");
    }
}
