package dev.pushpull.experiment.claim;

import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.run.WatchedTrial;
import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.ClaimFinding;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tests every claim, one after another, since they share the machine. */
public final class Claims {
    /** How long all claims take, and how long they may take with {@code --quick}. */
    public static final String FULL_TIME = "six minutes";

    public static final String QUICK_TIME = "two minutes";

    /** One for each claim, in the order of {@link Claim}. */
    private static final List<ClaimExperiment> EXPERIMENTS = List.of(
            new EffortExperiment(),
            new RealTimeExperiment(),
            new EfficiencyExperiment(),
            new InfrastructureExperiment(),
            new SignaturesExperiment(),
            new IdempotencyExperiment(),
            new TimeoutsExperiment(),
            new InstantUpdatesExperiment(),
            new BandwidthExperiment(),
            new ScalabilityExperiment(),
            new ExposureExperiment(),
            new DeliveryFailuresExperiment(),
            new DebuggingExperiment(),
            new StreamsExperiment(),
            new ThinWebhooksExperiment(),
            new BadEndpointExperiment());

    private final ClaimSetting setting;
    private String current = "";
    private final RunListener listener;

    /** @param quick whether all must fit into {@link #QUICK_TIME} instead of {@link #FULL_TIME} */
    public Claims(boolean quick, long seed, Interruption interruption, RunListener listener) {
        this.listener = listener;
        this.setting = new ClaimSetting(quick, seed, interruption, new RunListener() {
            @Override
            public void phase(String what) {
                listener.phase(current + ": " + what);
            }

            @Override
            public void progress(Progress progress) {
                listener.progress(progress);
            }

            @Override
            public void begins(List<WatchedTrial> trials, LongSupplier pauseNanos) {
                listener.begins(trials, pauseNanos);
            }
        });
    }

    /**
     * Runs the experiments behind the given claims.
     *
     * @param found called with each finding as soon as there is one
     * @throws IOException when consumers cannot reach their provider
     * @throws InterruptedException when an end was requested; earlier findings have been reported
     */
    public void run(Set<Claim> claims, Consumer<ClaimFinding> found) throws IOException, InterruptedException {
        for (ClaimExperiment experiment : EXPERIMENTS) {
            if (claims.contains(experiment.claim())) {
                current = experiment.claim().id();
                listener.phase(current);
                setting.failIfInterrupted();
                found.accept(experiment.run(setting));
            }
        }
    }
}
