package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import java.io.IOException;

/** Tests one claim. */
interface ClaimExperiment {
    /** The claim that it tests. */
    Claim claim();

    /**
     * Measures and judges. When interrupted it throws {@link InterruptedException}, rather than judge from incomplete
     * data.
     *
     * @throws IOException when consumers cannot reach their provider
     */
    ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException;
}
