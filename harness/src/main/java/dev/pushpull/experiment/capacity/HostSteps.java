package dev.pushpull.experiment.capacity;

import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.host.Spans;
import dev.pushpull.hosts.HostLostException;
import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.hosts.LaunchedJvm;
import dev.pushpull.hosts.ThisProgram;
import dev.pushpull.load.DriverProcess;
import dev.pushpull.load.Lines;
import dev.pushpull.load.LoadResult;
import dev.pushpull.load.LoadStep;
import dev.pushpull.scenario.Failures;
import dev.pushpull.signing.StandardWebhooks;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A path over hosts. Polls: the provider's host has the server, each poller's a driver. Webhooks: each receiver's host has
 * a server, the provider's a driver for each. The drivers share rate and connections evenly. A response time is on the
 * clock of its driver's host; their histograms are merged.
 */
final class HostSteps implements PathSteps {
    /** The time from announcing a step to all hosts until it begins. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A driver keeps nothing, so it collects a small young generation within a millisecond. */
    private static final List<String> DRIVERS_FLAGS = List.of("-XX:NewSize=16m", "-XX:MaxNewSize=64m");

    private final Capacity.Setting setting;
    private final List<Place<ServerProcess>> servers = new ArrayList<>();
    private final List<Place<DriverProcess>> drivers = new ArrayList<>();
    private final List<LaunchedJvm> jvms = new ArrayList<>();

    /** Processors by the boot of the host that has them. */
    private final Map<String, Integer> processors = new LinkedHashMap<>();

    /** @param aheadNanos how far the clock there is ahead of this host's, within half a round trip */
    private record Place<T>(T process, long aheadNanos) {}

    private record Launched(LaunchedJvm jvm, long aheadNanos) {}

    HostSteps(CapacityPath path, Capacity.Setting setting, HostPlan plan) throws IOException, InterruptedException {
        this.setting = setting;
        String secret = new StandardWebhooks().newSecret();
        HostPart provider = plan.of(Role.PROVIDER).get(0);
        try {
            if (path.polls()) {
                List<HostPart> pollers = plan.of(Role.POLLER);
                URI address = serve(provider, path, secret);
                for (HostPart poller : pollers) {
                    drive(poller, pollers.size(), address, path, secret);
                }
            } else {
                List<HostPart> receivers = plan.of(Role.RECEIVER);
                for (HostPart receiver : receivers) {
                    drive(provider, receivers.size(), serve(receiver, path, secret), path, secret);
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private URI serve(HostPart part, CapacityPath path, String secret) throws IOException, InterruptedException {
        Launched launched = launched(part, HostLoadProgram.SERVER, List.of());
        ServerProcess server = new ServerProcess(
                launched.jvm(),
                new ServerProcess.Setup(path, part.bind(), setting.payloadBytes(), setting.connections(), secret, ""));
        servers.add(new Place<>(server, launched.aheadNanos()));
        String host = part.address().contains(":") ? "[" + part.address() + "]" : part.address();
        return URI.create("http://" + host + ":" + server.address().getPort() + "/");
    }

    private void drive(HostPart part, int drivers, URI server, CapacityPath path, String secret)
            throws IOException, InterruptedException {
        Launched launched = launched(part, HostLoadProgram.DRIVER, DRIVERS_FLAGS);
        try {
            DriverProcess driver = new DriverProcess(
                    launched.jvm(),
                    setting.driver(),
                    server,
                    path.request(TestedServer.body(setting.payloadBytes()), secret),
                    Math.max(1, setting.connections() / drivers));
            this.drivers.add(new Place<>(driver, launched.aheadNanos()));
        } catch (HostLostException e) {
            throw e;
        } catch (IOException e) {
            throw new HostLostException(
                    "the %s cannot load %s: %s".formatted(part.name(), server.getAuthority(), Failures.sentence(e)));
        }
    }

    private Launched launched(HostPart part, String kind, List<String> flags) throws IOException, InterruptedException {
        LaunchedJvm jvm = new LaunchedJvm(part, HostLoadProgram.class, flags);
        jvms.add(jvm);
        long sentNanos = NanoClock.SYSTEM.nanoTime();
        jvm.send(kind);
        HostLoadProgram.Hello hello = Lines.read(jvm.receive(PATIENCE), HostLoadProgram.Hello.class);
        long heardNanos = NanoClock.SYSTEM.nanoTime();
        if (!hello.program().equals(ThisProgram.identity())) {
            throw new HostLostException("the %s runs pushpull %s, and this is %s: both must be the same"
                    .formatted(part.name(), hello.program(), ThisProgram.identity()));
        }
        processors.put(hello.clocks().bootId(), hello.processors());
        jvm.expectBeats();
        boolean oneClock = hello.clocks().sameClockAs(HostClocks.now(NanoClock.SYSTEM));
        long middleNanos = sentNanos + (heardNanos - sentNanos) / 2;
        return new Launched(jvm, oneClock ? 0 : hello.clocks().monotonicNanos() - middleNanos);
    }

    @Override
    public Made step(double ratePerSecond, long warmupNanos, long measuredNanos)
            throws IOException, InterruptedException {
        long startNanos = NanoClock.SYSTEM.nanoTime() + LEAD_NANOS;
        LoadStep all = new LoadStep(startNanos, ratePerSecond, warmupNanos, measuredNanos);
        for (Place<ServerProcess> server : servers) {
            server.process()
                    .begin(new LoadStep(
                            startNanos + server.aheadNanos(),
                            ratePerSecond / servers.size(),
                            warmupNanos,
                            measuredNanos));
        }
        List<LoadStep> steps = new ArrayList<>();
        for (int i = 0; i < drivers.size(); i++) {
            long turnNanos = all.openLoop() ? Math.round(i * 1e9 / ratePerSecond) : 0; // one host after another
            steps.add(new LoadStep(
                    startNanos + turnNanos + drivers.get(i).aheadNanos(),
                    ratePerSecond / drivers.size(),
                    warmupNanos,
                    measuredNanos));
            drivers.get(i).process().begin(steps.get(i));
        }
        List<LoadResult> results = new ArrayList<>();
        for (int i = 0; i < drivers.size(); i++) {
            results.add(drivers.get(i).process().end(steps.get(i)));
        }
        long cpuNanos = 0;
        long requests = 0;
        for (Place<ServerProcess> server : servers) {
            ServerProcess.Reading reading = server.process().end();
            cpuNanos += reading.cpuNanos();
            requests += reading.requests();
        }
        return new Made(
                all,
                LoadResult.ofDrivers(results),
                new ServerProcess.Reading(cpuNanos, requests, Spans.NONE),
                Spans.NONE,
                Spans.NONE);
    }

    @Override
    public int cores() {
        return processors.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void close() {
        jvms.parallelStream().forEach(LaunchedJvm::close);
    }
}
