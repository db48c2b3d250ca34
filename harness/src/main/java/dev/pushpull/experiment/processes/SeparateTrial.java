package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.processes.ChildMessages.ConsumerReport;
import dev.pushpull.experiment.processes.ChildMessages.ConsumerState;
import dev.pushpull.experiment.processes.ChildMessages.Moment;
import dev.pushpull.experiment.processes.ChildMessages.ProviderReport;
import dev.pushpull.experiment.processes.ChildMessages.ProviderState;
import dev.pushpull.experiment.processes.ChildMessages.Sequences;
import dev.pushpull.experiment.processes.ChildMessages.Steps;
import dev.pushpull.experiment.processes.Parts.Part;
import dev.pushpull.experiment.run.FarBooks;
import dev.pushpull.experiment.run.Trial;
import dev.pushpull.experiment.run.TrialBooks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.measure.Recording;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One mode, with its provider in one process and its consumers in others. A part that is lost is asked nothing more; the
 * trial then has what the others know.
 */
final class SeparateTrial implements Trial {
    private static final String NOTHING = "";

    private final DeliveryMode mode;
    private final Scenario scenario;
    private final Parts all;
    private final Part provider;
    private final List<Part> consumers;
    private final List<String> late = new ArrayList<>();
    private final KeptReport<ProviderReport> keptSent = new KeptReport<>();
    private final Map<Part, KeptReport<ConsumerReport>> keptTaken = new LinkedHashMap<>();
    private long startNanos;
    private ProviderState lastState = new ProviderState(0, 0, false);
    private FarReports reports;
    private boolean stopped;

    SeparateTrial(DeliveryMode mode, Scenario scenario, Parts all, List<Part> consumers) {
        this.mode = mode;
        this.scenario = scenario;
        this.all = all;
        this.provider = all.provider();
        this.consumers = consumers;
        consumers.forEach(part -> keptTaken.put(part, new KeptReport<>()));
        this.reports = new FarReports(scenario, provider, List.of(), List.of());
    }

    private ProviderState providerState() {
        lastState = provider.process()
                .askIfThere("state", mode.name(), NOTHING, ProviderState.class)
                .orElse(lastState);
        return lastState;
    }

    private ConsumerState consumerState() {
        long requests = 0;
        long delivered = 0;
        for (Part part : consumers) {
            ConsumerState state = part.process()
                    .askIfThere("state", mode.name(), NOTHING, ConsumerState.class)
                    .orElse(new ConsumerState(0, 0));
            requests += state.requests();
            delivered += state.delivered();
        }
        return new ConsumerState(requests, delivered);
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
        if (all.lost().isPresent()) {
            return true;
        }
        ConsumerState taken = consumerState();
        ProviderState sent = providerState();
        return sent.idle()
                && taken.delivered() >= sent.occurred() * scenario.events().consumersPerStream();
    }

    /** A part was told too late when to start. */
    void startedLate(String what) {
        late.add(what);
    }

    /** When the measured time begins, by this host's clock. */
    void startsAt(long nanos) {
        startNanos = nanos;
    }

    /** Asks all parts what they have recorded so far. */
    void keep() {
        Map<Integer, Long> none = Map.of(); // what consumers lack is not known before the end
        keptSent.keep(NanoClock.SYSTEM.nanoTime(), this::sent);
        keptTaken.forEach((part, kept) -> kept.keep(NanoClock.SYSTEM.nanoTime(), () -> taken(part, none)));
    }

    private Optional<ProviderReport> sent() {
        return provider.process().askIfThere("books", mode.name(), NOTHING, ProviderReport.class);
    }

    private Optional<ConsumerReport> taken(Part part, Map<Integer, Long> last) {
        return part.process().askIfThere("books", mode.name(), new Sequences(last), ConsumerReport.class);
    }

    @Override
    public void cutShort(long endNanos) {
        if (provider.process().link().lost().isPresent()) {
            return;
        }
        Moment end = new Moment(provider.process().link().thereNanos(endNanos));
        provider.process().tellIfThere("cut-short", mode.name(), end);
        consumers.forEach(part -> part.process().tellIfThere("cut-short", mode.name(), end));
    }

    @Override
    public void stop() {
        if (!stopped) {
            stopped = true;
            consumers.forEach(part -> part.process().tellIfThere("ask-no-more", mode.name(), NOTHING));
            provider.process().tellIfThere("stop", mode.name(), NOTHING);
            consumers.forEach(part -> part.process().tellIfThere("stop", mode.name(), NOTHING));
        }
    }

    @Override
    public TrialBooks books() {
        List<String> remains = new ArrayList<>(late);
        ProviderReport sent = sent().orElseGet(() -> {
            remains.add(remains(provider, keptSent));
            return keptSent.report().orElseGet(() -> FarReports.unknown(scenario, lastState.occurred()));
        });
        List<Part> there = new ArrayList<>();
        List<ConsumerReport> taken = new ArrayList<>();
        for (Part part : consumers) {
            Optional<ConsumerReport> report = taken(part, sent.lastSequences());
            if (report.isEmpty()) {
                remains.add(remains(part, keptTaken.get(part)));
            }
            report.or(keptTaken.get(part)::report).ifPresent(known -> {
                there.add(part);
                taken.add(known);
            });
        }
        reports = new FarReports(scenario, provider, there, taken);
        Recording record = sent.record();
        ConsumerBooks books = reports.books();
        Map<Integer, List<Long>> missing = new HashMap<>();
        for (ConsumerReport report : taken) {
            record = report.record().plus(record);
            missing.putAll(report.missing());
        }
        return new TrialBooks(
                record,
                sent.books(),
                books,
                sent.occurred(),
                sent.lastSequences(),
                missing,
                TrialBooks.both(sent.failures(), books.failures()),
                sent.lentCpuMillis(),
                all.areOnHosts() ? reports.far(sent, consumers, all.lost(), remains) : FarBooks.NONE);
    }

    private String remains(Part part, KeptReport<?> kept) {
        return kept.report().isEmpty()
                ? "nothing that the %s recorded is here".formatted(part.host())
                : "what the %s recorded is here up to %.1f s after the start, and no further"
                        .formatted(part.host(), (kept.askedNanos() - startNanos) / 1e9);
    }

    /** What the parts said last. */
    FarReports reports() {
        return reports;
    }

    /** Only the provider knows an event's id from the start; consumers recorded it by its stream and sequence. */
    @Override
    public List<JournalStep> journal() {
        List<JournalStep> steps = new ArrayList<>(provider.process()
                .askIfThere("journal", mode.name(), NOTHING, Steps.class)
                .orElse(new Steps(List.of()))
                .steps());
        Map<String, String> ids = new HashMap<>();
        for (JournalStep step : steps) {
            if (step.step() == JournalStep.Step.OCCURRED) {
                ids.put(step.detail() + " " + step.sequence(), step.eventId());
            }
        }
        for (Part part : consumers) {
            part.process()
                    .askIfThere("journal", mode.name(), NOTHING, Steps.class)
                    .orElse(new Steps(List.of()))
                    .steps()
                    .forEach(step -> steps.add(
                            step.sequence() == 0
                                    ? step
                                    : step.of(ids.getOrDefault(stream(step) + " " + step.sequence(), ""))));
        }
        return steps;
    }

    private String stream(JournalStep step) {
        return scenario.events().streamName(scenario.events().streamOf(step.consumer()));
    }
}
