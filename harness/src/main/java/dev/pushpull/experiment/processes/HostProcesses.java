package dev.pushpull.experiment.processes;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.experiment.processes.ChildMessages.ClockAt;
import dev.pushpull.experiment.processes.ChildMessages.Hello;
import dev.pushpull.experiment.processes.ChildMessages.Where;
import dev.pushpull.experiment.run.TrialGroup;
import dev.pushpull.experiment.run.TrialSetup;
import dev.pushpull.hosts.HostLostException;
import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.hosts.LaunchedJvm;
import dev.pushpull.hosts.ThisProgram;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.HostFigures;
import dev.pushpull.scenario.HostFigures.Clock;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A provider, pollers and receivers on the hosts that someone described. All of them or none: a part that cannot be
 * started, runs another version or cannot be reached ends the rest. One that falls silent later ends the run, and so does
 * a way between two hosts that is cut.
 */
public final class HostProcesses implements TrialGroup.Host, Parts {
    /** Time to tell all parts when to start. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<HostPart, Started> parts = new LinkedHashMap<>();
    private final HostPlan plan;

    /** Why it ended, the first time somebody looked; a part that is lost stays so. */
    private volatile String lost = "";

    private record Started(ChildProcess process, LaunchedJvm jvm, Hello hello) {}

    /** @throws HostLostException when not all parts can be had; then none is left */
    public HostProcesses(HostPlan plan) throws IOException {
        this.plan = plan;
        try {
            for (HostPart part : plan.parts()) {
                start(part);
            }
            for (HostPart part : plan.parts()) {
                meet(part);
            }
        } catch (UncheckedIOException e) {
            close();
            throw new HostLostException(Failures.sentence(e.getCause()));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start(HostPart part) throws IOException {
        LaunchedJvm jvm =
                new LaunchedJvm(part, part.role() == Role.PROVIDER ? ProviderProgram.class : ConsumersProgram.class);
        ChildProcess process = new ChildProcess(part.name(), jvm);
        parts.put(part, new Started(process, jvm, null));
        Hello hello = process.ask("hello", "", part.bind(), Hello.class);
        parts.put(part, new Started(process, jvm, hello));
        if (!hello.program().equals(ThisProgram.identity())) {
            throw new HostLostException("the %s runs pushpull %s, and this is %s: both must be the same"
                    .formatted(part.name(), hello.program(), ThisProgram.identity()));
        }
        jvm.expectBeats();
    }

    /** Shows that both ways between a part and its provider are open, and how their clocks compare. */
    private void meet(HostPart part) throws IOException {
        if (part.role() == Role.PROVIDER) {
            return;
        }
        HostPart provider = plan.of(Role.PROVIDER).get(0);
        Started source = parts.get(provider);
        Started there = parts.get(part);
        try {
            there.process()
                    .tell(
                            "watch-clock",
                            "",
                            new ClockAt(provider.address(), source.hello().clockPort(), sameClock(part)));
        } catch (UncheckedIOException e) {
            throw closed(part, provider, e);
        }
        if (part.role() == Role.RECEIVER) {
            try {
                source.process()
                        .tell(
                                "reach",
                                "",
                                new ClockAt(part.address(), there.hello().clockPort(), true));
            } catch (UncheckedIOException e) {
                throw closed(provider, part, e);
            }
        }
    }

    private static HostLostException closed(HostPart from, HostPart to, UncheckedIOException e) {
        return new HostLostException("the %s cannot reach the %s at %s: %s"
                .formatted(from.name(), to.name(), to.address(), Failures.sentence(e.getCause())));
    }

    private boolean sameClock(HostPart part) {
        return parts.get(part)
                .hello()
                .clocks()
                .sameClockAs(parts.get(plan.of(Role.PROVIDER).get(0)).hello().clocks());
    }

    @Override
    public TrialGroup open(TrialSetup setup) throws IOException {
        return new SeparateTrialGroup(this, setup);
    }

    @Override
    public boolean isThisProcess() {
        return false;
    }

    @Override
    public long leastLeadNanos() {
        return LEAD_NANOS;
    }

    @Override
    public Part provider() {
        HostPart part = plan.of(Role.PROVIDER).get(0);
        return part(part, 0, 0);
    }

    private Part part(HostPart part, int from, int to) {
        return new Part(parts.get(part).process(), new Where(from, to, part.bind(), part.address()), part.name());
    }

    @Override
    public List<Part> consumers(DeliveryMode mode, Scenario scenario) throws IOException {
        Role role = mode.traits().has(Trait.LISTENS) ? Role.RECEIVER : Role.POLLER;
        List<HostPart> some = plan.of(role);
        if (some.isEmpty()) {
            throw new HostLostException(
                    "%s has no %s, which %s needs".formatted(plan.where(), role.word(), mode.name()));
        }
        long all = scenario.events().consumers();
        List<Part> shares = new ArrayList<>();
        for (int i = 0; i < some.size(); i++) {
            shares.add(part(some.get(i), (int) (all * i / some.size()), (int) (all * (i + 1) / some.size())));
        }
        return shares;
    }

    @Override
    public Optional<String> lost() {
        if (lost.isEmpty()) {
            lost = parts.values().stream()
                    .flatMap(part -> part.jvm().lost().stream())
                    .findFirst()
                    .orElseGet(this::cut);
        }
        return lost.isEmpty() ? Optional.empty() : Optional.of(lost);
    }

    /** Those that have not heard the provider for so long. */
    private List<HostPart> unheard(long nanos) {
        return parts.entrySet().stream()
                .filter(part -> part.getValue().jvm().unheardProviderNanos() > nanos)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Who has not heard the provider for too long: if all have not, it is the provider's host. Not decided while another
     * part may be about to say the same.
     */
    private String cut() {
        List<HostPart> unheard = unheard(SILENCE_NANOS);
        if (unheard.isEmpty() || unheard(SILENCE_NANOS / 2).size() > unheard.size()) {
            return "";
        }
        String provider = plan.of(Role.PROVIDER).get(0).name();
        List<HostPart> elsewhere = plan.parts().stream()
                .filter(part -> part.role() != Role.PROVIDER)
                .filter(part ->
                        !part.address().equals(plan.of(Role.PROVIDER).get(0).address()))
                .toList();
        return elsewhere.size() > 1 && unheard.containsAll(elsewhere)
                ? "no part on another host has heard the %s for 5 s: its network is cut".formatted(provider)
                : "the %s has not heard the %s for 5 s: the way between them is cut"
                        .formatted(
                                unheard.stream().map(HostPart::name).collect(Collectors.joining(" and the ")),
                                provider);
    }

    @Override
    public boolean areOnHosts() {
        return true;
    }

    @Override
    public Optional<HostFigures> host(Part part) {
        return parts.entrySet().stream()
                .filter(one -> one.getValue().process() == part.process())
                .findFirst()
                .map(one -> new HostFigures(
                        one.getKey().role().word(),
                        one.getKey().host(),
                        one.getKey().address(),
                        one.getValue().hello().processors(),
                        one.getValue().hello().java(),
                        part.where().to() - part.where().from(),
                        Clock.SAME,
                        0,
                        OptionalDouble.empty(),
                        OptionalDouble.empty()));
    }

    /** What was started, for tests that end one of them. */
    List<LaunchedJvm> started() {
        return parts.values().stream().map(Started::jvm).toList();
    }

    /** All at once: each may take a while. */
    @Override
    public void close() {
        List<Thread> closing = new ArrayList<>();
        for (Started part : parts.values()) {
            Thread thread = new Thread(
                    () -> part.process().close(), "end of the " + part.process().name());
            thread.start();
            closing.add(thread);
        }
        boolean interrupted = Thread.interrupted();
        for (Thread thread : closing) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
