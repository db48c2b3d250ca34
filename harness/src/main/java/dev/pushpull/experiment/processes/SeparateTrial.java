package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.processes.ChildMessages.ConsumerReport;
import dev.pushpull.experiment.processes.ChildMessages.ConsumerState;
import dev.pushpull.experiment.processes.ChildMessages.Moment;
import dev.pushpull.experiment.processes.ChildMessages.ProviderReport;
import dev.pushpull.experiment.processes.ChildMessages.ProviderState;
import dev.pushpull.experiment.processes.ChildMessages.Sequences;
import dev.pushpull.experiment.processes.ChildMessages.Steps;
import dev.pushpull.experiment.run.Trial;
import dev.pushpull.experiment.run.TrialBooks;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One mode, with its provider in one process and its consumers in another. */
final class SeparateTrial implements Trial {
    private static final String NOTHING = "";

    private final DeliveryMode mode;
    private final Scenario scenario;
    private final ChildProcess provider;
    private final ChildProcess consumers;
    private boolean stopped;

    SeparateTrial(DeliveryMode mode, Scenario scenario, ChildProcess provider, ChildProcess consumers) {
        this.mode = mode;
        this.scenario = scenario;
        this.provider = provider;
        this.consumers = consumers;
    }

    private ProviderState providerState() {
        return provider.ask("state", mode.name(), NOTHING, ProviderState.class);
    }

    private ConsumerState consumerState() {
        return consumers.ask("state", mode.name(), NOTHING, ConsumerState.class);
    }

    @Override
    public DeliveryMode mode() {
        return mode;
    }

    @Override
    public long occurred() {
        return providerState().occurred();
    }

    @Override
    public long requests() {
        return providerState().attempts() + consumerState().requests();
    }

    @Override
    public long delivered() {
        return consumerState().delivered();
    }

    @Override
    public boolean complete() {
        ConsumerState taken = consumerState();
        ProviderState sent = providerState();
        return sent.idle()
                && taken.delivered() >= sent.occurred() * scenario.events().consumersPerStream();
    }

    @Override
    public void cutShort(long endNanos) {
        provider.tell("cut-short", mode.name(), new Moment(endNanos));
        consumers.tell("cut-short", mode.name(), new Moment(endNanos));
    }

    @Override
    public void stop() {
        if (!stopped) {
            stopped = true;
            consumers.tell("ask-no-more", mode.name(), NOTHING);
            provider.tell("stop", mode.name(), NOTHING);
            consumers.tell("stop", mode.name(), NOTHING);
        }
    }

    @Override
    public TrialBooks books() {
        ProviderReport sent = provider.ask("books", mode.name(), NOTHING, ProviderReport.class);
        ConsumerReport taken =
                consumers.ask("books", mode.name(), new Sequences(sent.lastSequences()), ConsumerReport.class);
        return new TrialBooks(
                taken.record().plus(sent.record()),
                sent.books(),
                taken.books(),
                sent.occurred(),
                sent.lastSequences(),
                taken.missing(),
                TrialBooks.both(sent.failures(), taken.books().failures()),
                sent.lentCpuMillis());
    }

    /** Only the provider knows an event's id from the start; consumers recorded it by its stream and sequence. */
    @Override
    public List<JournalStep> journal() {
        List<JournalStep> steps = new ArrayList<>(
                provider.ask("journal", mode.name(), NOTHING, Steps.class).steps());
        Map<String, String> ids = new HashMap<>();
        for (JournalStep step : steps) {
            if (step.step() == JournalStep.Step.OCCURRED) {
                ids.put(step.detail() + " " + step.sequence(), step.eventId());
            }
        }
        for (JournalStep step :
                consumers.ask("journal", mode.name(), NOTHING, Steps.class).steps()) {
            steps.add(
                    step.sequence() == 0 ? step : step.of(ids.getOrDefault(stream(step) + " " + step.sequence(), "")));
        }
        return steps;
    }

    private String stream(JournalStep step) {
        return scenario.events().streamName(scenario.events().streamOf(step.consumer()));
    }
}
