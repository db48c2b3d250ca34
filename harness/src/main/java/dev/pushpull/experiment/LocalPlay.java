package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.measure.CpuMeter;
import dev.pushpull.measure.NanoClock;
import dev.pushpull.measure.RoleThreads;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.ProcessFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All in this process. */
final class LocalPlay implements Play {
    private final Cast cast;
    private final List<LiveTrial> trials = new ArrayList<>();
    private Pumping pumping;
    private CpuMeter cpu;

    private LocalPlay(Cast cast) throws IOException {
        this.cast = cast;
        try {
            for (DeliveryMode mode : cast.modes()) {
                trials.add(new LiveTrial(mode, cast.scenario(), cast.followed()));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** This process as a stage. */
    static final class Stage implements Play.Stage {
        @Override
        public Play open(Cast cast) throws IOException {
            return new LocalPlay(cast);
        }

        @Override
        public boolean isThisProcess() {
            return true;
        }

        @Override
        public void close() {
            // nothing is kept between two plays
        }
    }

    @Override
    public List<LiveTrial> trials() {
        return trials;
    }

    @Override
    public void start(long startNanos) {
        trials.forEach(trial -> trial.start(startNanos));
        cpu = new CpuMeter();
        List<ProviderSide> providers = trials.stream().map(LiveTrial::provider).toList();
        pumping = new Pumping(
                new EventPump(cast.plan(), new EventFactory(cast.scenario()), providers, NanoClock.SYSTEM, startNanos),
                new RoleThreads("events", RoleThreads.HARNESS));
    }

    @Override
    public boolean eventsOver() {
        return pumping.over();
    }

    @Override
    public Distribution stopEvents() throws IOException, InterruptedException {
        return pumping.stop();
    }

    @Override
    public Map<String, Double> cpuMillis() {
        return cpu.millisByRole();
    }

    @Override
    public List<ProcessFigures> processes() {
        return List.of();
    }

    @Override
    public void close() {
        if (pumping != null) {
            pumping.close();
        }
        trials.forEach(LiveTrial::close);
    }
}
