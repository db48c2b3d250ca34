package dev.pushpull.experiment.run;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.event.EventFactory;
import dev.pushpull.host.Compilation;
import dev.pushpull.host.CpuMeter;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.ProcessFigures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A trial group that runs wholly in this process. */
public final class LocalTrialGroup implements TrialGroup {
    private final TrialSetup setup;
    private final List<LiveTrial> trials = new ArrayList<>();
    private final List<Pumping> pumpings = new ArrayList<>();
    private CpuMeter cpu;

    private LocalTrialGroup(TrialSetup setup) throws IOException {
        this.setup = setup;
        try {
            for (DeliveryMode mode : setup.modes()) {
                trials.add(new LiveTrial(mode, setup.scenario(), setup.followed()));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** This process as the host of trials. */
    public static final class Host implements TrialGroup.Host {
        @Override
        public TrialGroup open(TrialSetup setup) throws IOException {
            return new LocalTrialGroup(setup);
        }

        @Override
        public boolean isThisProcess() {
            return true;
        }

        @Override
        public void close() {
            // nothing is kept between two groups
        }
    }

    @Override
    public List<LiveTrial> trials() {
        return trials;
    }

    @Override
    public void start(long startNanos) {
        for (int number = 0; number < trials.size(); number++) {
            trials.get(number).start(setup.startNanos(number, startNanos));
        }
        cpu = new CpuMeter();
        EventFactory factory = new EventFactory(setup.scenario());
        for (int number = 0; number < trials.size(); number++) {
            pumpings.add(new Pumping(
                    new EventPump(
                            setup.plan(),
                            factory,
                            trials.get(number).provider(),
                            NanoClock.SYSTEM,
                            setup.startNanos(number, startNanos)),
                    new RoleThreads("events", RoleThreads.HARNESS)));
        }
    }

    @Override
    public boolean eventsOver() {
        return pumpings.stream().allMatch(Pumping::over);
    }

    @Override
    public Distribution stopEvents() throws IOException, InterruptedException {
        return Pumping.stop(pumpings);
    }

    @Override
    public Map<String, Double> cpuMillis() {
        return cpu.millisByRole();
    }

    @Override
    public long compilationMillis() {
        return Compilation.millis();
    }

    @Override
    public List<ProcessFigures> processes() {
        return List.of();
    }

    @Override
    public void close() {
        pumpings.forEach(Pumping::close);
        trials.forEach(LiveTrial::close);
    }
}
