package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.processes.ChildMessages.Endpoints;
import dev.pushpull.experiment.processes.ChildMessages.Open;
import dev.pushpull.experiment.processes.ChildMessages.ProviderReport;
import dev.pushpull.experiment.processes.ChildMessages.Starts;
import dev.pushpull.experiment.processes.ChildMessages.Used;
import dev.pushpull.experiment.run.ProviderSide;
import dev.pushpull.experiment.run.TrialGroup;
import dev.pushpull.experiment.run.TrialSetup;
import dev.pushpull.host.ProcessMeter;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.ProcessFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Each side in a process of its own; this process only watches the machine and keeps the time. */
final class SeparateTrialGroup implements TrialGroup {
    private static final String ALL = "";
    private static final String NOTHING = "";

    private final TrialSetup setup;
    private final ChildProcess provider;
    private final Set<ChildProcess> consumers = new LinkedHashSet<>();
    private final List<SeparateTrial> trials = new ArrayList<>();
    private ProcessMeter harness;

    SeparateTrialGroup(SeparateProcesses processes, TrialSetup setup) throws IOException {
        this.setup = setup;
        provider = processes.provider();
        try {
            for (DeliveryMode mode : setup.modes()) {
                ChildProcess part = processes.consumers(mode);
                consumers.add(part);
                Open open = Open.of(setup.scenario(), setup.followed(), NOTHING);
                String address = provider.ask("open", mode.name(), open, String.class);
                Open found = Open.of(setup.scenario(), setup.followed(), address);
                provider.tell("endpoints", mode.name(), connected(part, mode, found));
                trials.add(new SeparateTrial(mode, setup.scenario(), provider, part));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private Endpoints connected(ChildProcess part, DeliveryMode mode, Open found) throws IOException {
        try {
            return part.ask("open", mode.name(), found, Endpoints.class);
        } catch (UncheckedIOException e) {
            throw ProviderSide.cause(
                    provider.ask("books", mode.name(), NOTHING, ProviderReport.class)
                            .failures(),
                    e.getCause());
        }
    }

    @Override
    public List<SeparateTrial> trials() {
        return trials;
    }

    @Override
    public void start(long startNanos) {
        harness = new ProcessMeter();
        Map<String, Long> nanosByMode = new HashMap<>();
        for (int number = 0; number < trials.size(); number++) {
            nanosByMode.put(trials.get(number).mode().name(), setup.startNanos(number, startNanos));
        }
        Starts starts = new Starts(nanosByMode);
        consumers.forEach(part -> part.tell("start", ALL, starts));
        provider.tell("start", ALL, starts);
    }

    @Override
    public boolean eventsOver() {
        return provider.ask("events-over", ALL, NOTHING, Boolean.class);
    }

    @Override
    public Distribution stopEvents() throws IOException {
        return provider.ask("stop-events", ALL, NOTHING, Distribution.class);
    }

    @Override
    public Map<String, Double> cpuMillis() {
        Map<String, Double> millis = new HashMap<>();
        used().forEach(used -> used.millisByRole().forEach((role, more) -> millis.merge(role, more, Double::sum)));
        return millis;
    }

    @Override
    public long compilationMillis() {
        return Stream.concat(Stream.of(provider), consumers.stream())
                .mapToLong(part -> part.ask("compilation", ALL, NOTHING, Long.class))
                .sum();
    }

    @Override
    public List<ProcessFigures> processes() {
        List<ProcessFigures> figures =
                new ArrayList<>(used().stream().map(Used::figures).toList());
        figures.add(harness.figures("harness"));
        return figures;
    }

    private List<Used> used() {
        List<Used> used = new ArrayList<>();
        used.add(provider.ask("used", ALL, NOTHING, Used.class));
        consumers.forEach(part -> used.add(part.ask("used", ALL, NOTHING, Used.class)));
        return used;
    }

    /** A part that is gone needs no closing. */
    @Override
    public void close() {
        Set<ChildProcess> parts = new LinkedHashSet<>(consumers);
        parts.add(provider);
        for (ChildProcess part : parts) {
            try {
                part.tell("close", ALL, NOTHING);
            } catch (UncheckedIOException e) {
                part.close();
            }
        }
    }
}
