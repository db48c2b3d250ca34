package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.processes.ChildMessages.Acknowledged;
import dev.pushpull.experiment.processes.ChildMessages.Endpoints;
import dev.pushpull.experiment.processes.ChildMessages.Open;
import dev.pushpull.experiment.processes.ChildMessages.ProviderReport;
import dev.pushpull.experiment.processes.ChildMessages.Starts;
import dev.pushpull.experiment.processes.ChildMessages.Used;
import dev.pushpull.experiment.processes.ChildMessages.Where;
import dev.pushpull.experiment.processes.Parts.Part;
import dev.pushpull.experiment.run.ProviderSide;
import dev.pushpull.experiment.run.TrialGroup;
import dev.pushpull.experiment.run.TrialSetup;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.ProcessMeter;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.ProcessFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Each side in processes of its own; this process only watches the machine and keeps the time. */
final class SeparateTrialGroup implements TrialGroup {
    private static final String ALL = "";
    private static final String NOTHING = "";
    private static final long KEEP_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** After it took a while to ask all parts for their records, they are left alone for so many times as long. */
    private static final long LEFT_ALONE = 20;

    private final TrialSetup setup;
    private final Parts parts;
    private final Part provider;
    private final Map<ChildProcess, Part> consumers = new LinkedHashMap<>();
    private final List<SeparateTrial> trials = new ArrayList<>();
    private ProcessMeter harness;
    private long keepNextNanos = Long.MAX_VALUE;

    SeparateTrialGroup(Parts parts, TrialSetup setup) throws IOException {
        this.setup = setup;
        this.parts = parts;
        provider = parts.provider();
        try {
            for (DeliveryMode mode : setup.modes()) {
                trials.add(opened(mode));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private SeparateTrial opened(DeliveryMode mode) throws IOException {
        List<Part> some = parts.consumers(mode, setup.scenario());
        List<Where> others = parts.areOnHosts() ? some.stream().map(Part::where).toList() : List.of();
        some.forEach(part -> consumers.put(part.process(), part));
        Open open = Open.of(setup.scenario(), setup.followed(), NOTHING, provider.where(), others);
        String address = provider.process().ask("open", mode.name(), open, String.class);
        Map<String, Integer> byUrl = new HashMap<>();
        for (Part part : some) {
            Open found = Open.of(setup.scenario(), setup.followed(), address, part.where(), List.of());
            byUrl.putAll(connected(part.process(), mode, found).byUrl());
        }
        provider.process().tell("endpoints", mode.name(), new Endpoints(byUrl));
        return new SeparateTrial(mode, setup.scenario(), parts, some);
    }

    private Endpoints connected(ChildProcess part, DeliveryMode mode, Open found) throws IOException {
        try {
            return part.ask("open", mode.name(), found, Endpoints.class);
        } catch (UncheckedIOException e) {
            throw ProviderSide.cause(
                    provider.process()
                            .ask("books", mode.name(), NOTHING, ProviderReport.class)
                            .failures(),
                    e.getCause());
        }
    }

    @Override
    public List<SeparateTrial> trials() {
        return trials;
    }

    /** Each part is told in the provider's time, which it knows how to turn into its own, and says when it was told. */
    @Override
    public void start(long startNanos) {
        harness = new ProcessMeter();
        if (parts.lost().isPresent()) {
            return;
        }
        Map<String, Long> nanosByMode = new HashMap<>();
        long thereNanos = provider.process().link().thereNanos(startNanos);
        for (int number = 0; number < trials.size(); number++) {
            nanosByMode.put(trials.get(number).mode().name(), setup.startNanos(number, thereNanos));
        }
        trials.forEach(trial -> trial.startsAt(startNanos));
        keepNextNanos = parts.areOnHosts() ? startNanos + KEEP_EVERY_NANOS : Long.MAX_VALUE;
        Starts starts = new Starts(nanosByMode);
        consumers.values().forEach(part -> started(part, starts));
        started(provider, starts);
    }

    private void started(Part part, Starts starts) {
        Optional<Acknowledged> told = part.process().askIfThere("start", ALL, starts, Acknowledged.class);
        if (parts.areOnHosts() && told.isPresent() && told.get().aheadNanos() <= 0) {
            String late = "the %s acknowledged its start %.3f s after it"
                    .formatted(part.host(), -told.get().aheadNanos() / 1e9);
            trials.forEach(trial -> trial.startedLate(late));
        }
    }

    @Override
    public void keep() {
        long nowNanos = NanoClock.SYSTEM.nanoTime();
        if (nowNanos >= keepNextNanos) {
            trials.forEach(SeparateTrial::keep);
            long tookNanos = NanoClock.SYSTEM.nanoTime() - nowNanos;
            keepNextNanos = nowNanos + Math.max(KEEP_EVERY_NANOS, LEFT_ALONE * tookNanos);
        }
    }

    @Override
    public boolean eventsOver() {
        return provider.process()
                .askIfThere("events-over", ALL, NOTHING, Boolean.class)
                .orElse(true);
    }

    @Override
    public Distribution stopEvents() throws IOException {
        return provider.process()
                .askIfThere("stop-events", ALL, NOTHING, Distribution.class)
                .orElseGet(Distribution::empty);
    }

    @Override
    public Map<String, Double> cpuMillis() {
        Map<String, Double> millis = new HashMap<>();
        used().values()
                .forEach(used -> used.millisByRole().forEach((role, more) -> millis.merge(role, more, Double::sum)));
        return millis;
    }

    @Override
    public long compilationMillis() {
        return all().mapToLong(part -> part.process()
                        .askIfThere("compilation", ALL, NOTHING, Long.class)
                        .orElse(0L))
                .sum();
    }

    private Stream<Part> all() {
        return Stream.concat(Stream.of(provider), consumers.values().stream());
    }

    @Override
    public List<ProcessFigures> processes() {
        List<ProcessFigures> figures =
                new ArrayList<>(used().values().stream().map(Used::figures).toList());
        figures.add(harness.figures("harness"));
        return figures;
    }

    private Map<Part, Used> used() {
        Map<Part, Used> used = new LinkedHashMap<>();
        all().forEach(part -> part.process()
                .askIfThere("used", ALL, NOTHING, Used.class)
                .ifPresent(figures -> used.put(part, figures)));
        return used;
    }

    @Override
    public List<HostFigures> hosts() {
        List<HostFigures> hosts = new ArrayList<>();
        used().forEach((part, used) -> parts.host(part)
                .ifPresent(host -> hosts.add(new HostFigures(
                        host.role(),
                        host.host(),
                        host.address(),
                        host.processors(),
                        host.java(),
                        host.consumers(),
                        trials.stream()
                                .flatMap(trial -> trial.reports().clock(part).stream())
                                .findFirst()
                                .orElse(host.clock()),
                        used.figures().cpuMillis(),
                        used.hiccups().quantileMillis(0.99),
                        used.hiccups().quantileMillis(0.999)))));
        return hosts;
    }

    /** A part that is gone needs no closing. */
    @Override
    public void close() {
        Stream.concat(consumers.values().stream(), Stream.of(provider)).forEach(part -> {
            try {
                part.process().tellIfThere("close", ALL, NOTHING);
            } catch (UncheckedIOException e) {
                part.process().close();
            }
        });
    }
}
