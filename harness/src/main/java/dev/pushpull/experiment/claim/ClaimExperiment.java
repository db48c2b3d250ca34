package dev.pushpull.experiment.claim;

import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import java.io.IOException;

/** Puts one statement to the test. */
interface ClaimExperiment {
    /** Which one. */
    Claim claim();

    /**
     * Measures. An experiment that is interrupted throws {@link InterruptedException} rather than judge by a part.
     *
     * @throws IOException when the parts do not come together
     */
    ClaimFinding run(ClaimSetting setting) throws IOException, InterruptedException;
}
