package dev.pushpull.delivery.hybrid;

import dev.pushpull.delivery.BothConsumers;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import dev.pushpull.delivery.LiveDemand;
import dev.pushpull.delivery.Waits;
import dev.pushpull.delivery.polling.PollManner;
import dev.pushpull.delivery.polling.Poller;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recorder;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ProviderSettings;
import dev.pushpull.surface.Surface;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Over real HTTP: the consumers of a mode that pushes, and a poller beside them. */
record ReconciledLive(Reconciled mode) implements Live {
    private Live pushing() {
        return mode.pushing().live();
    }

    @Override
    public List<Surface.Opener> surfaces(Scenario scenario) {
        return pushing().surfaces(scenario);
    }

    @Override
    public ProviderSettings provider(ProviderSettings usual, Scenario scenario) {
        return pushing().provider(usual, scenario);
    }

    /** At the interval of the run a rehearsal might see no poll at all. */
    @Override
    public Scenario hurried(Scenario asked, Scenario rehearsal) {
        long hurriedNanos =
                Math.min(mode.intervalNanos(asked), rehearsal.polling().intervalNanos());
        return mode.hurried(pushing().hurried(asked, rehearsal), hurriedNanos);
    }

    /** Those of the pushes; and if these say nothing of it, the way back of a poll. */
    @Override
    public Scenario.Network legs(Recording rehearsal) {
        Scenario.Network pushes = pushing().legs(rehearsal);
        return pushes.pollResponseNanos() > 0
                ? pushes
                : new Scenario.Network(
                        Poller.legs(rehearsal).pollResponseNanos(), pushes.webhookNanos(), pushes.drawn());
    }

    @Override
    public LiveDemand demand(Scenario scenario) {
        return pushing().demand(scenario).plus(LiveDemand.ofPolls(mode.polling(scenario)));
    }

    @Override
    public Waits waits(Scenario scenario) {
        return pushing().waits(mode.polling(scenario));
    }

    @Override
    public LiveConsumers connect(URI provider, Scenario scenario, Recorder recorder) throws IOException {
        LiveConsumers pushed = pushing().connect(provider, scenario, recorder);
        PollManner manner = new PollManner(mode.schedule(scenario), false, 0, Recorder.Via.RECONCILIATION);
        try {
            return new BothConsumers(
                    pushed, new Poller(mode.name(), provider, scenario, manner, recorder, NanoClock.SYSTEM));
        } catch (IOException | RuntimeException e) {
            pushed.close();
            throw e;
        }
    }
}
