package dev.pushpull.experiment.processes;

import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Hosts within this machine: a network namespace each, joined by a bridge. Only root on Linux can have them. */
final class NetworkNamespaces implements AutoCloseable {
    private final String prefix = "pp" + ProcessHandle.current().pid() % 100_000;
    private final int count;

    /** @throws UnsupportedOperationException with a line why, where they cannot be had */
    NetworkNamespaces(int count) throws Exception {
        this.count = count;
        if (!"root".equals(System.getProperty("user.name")) || !Files.exists(Path.of("/proc/self/ns/net"))) {
            throw new UnsupportedOperationException("network namespaces need root on Linux");
        }
        try {
            ip("link", "add", bridge(), "type", "bridge");
            ip("link", "set", bridge(), "up");
            for (int host = 1; host <= count; host++) {
                ip("netns", "add", space(host));
                ip("link", "add", cable(host), "type", "veth", "peer", "name", "eth0", "netns", space(host));
                ip("link", "set", cable(host), "master", bridge(), "up");
                ip("-n", space(host), "addr", "add", address(host) + "/24", "dev", "eth0");
                ip("-n", space(host), "link", "set", "eth0", "up");
                ip("-n", space(host), "link", "set", "lo", "up");
            }
        } catch (Exception e) {
            close();
            throw new UnsupportedOperationException("no network namespaces can be had: " + e.getMessage(), e);
        }
    }

    private String bridge() {
        return prefix + "b";
    }

    private String cable(int host) {
        return prefix + "v" + host;
    }

    private String space(int host) {
        return prefix + "-" + host;
    }

    private static String address(int host) {
        return "10.78.0." + host;
    }

    HostPart part(Role role, int host, String... before) {
        List<String> launcher = new ArrayList<>(List.of(before));
        launcher.addAll(List.of("ip", "netns", "exec", space(host)));
        return new HostPart(role, "h" + host, launcher, address(host), address(host), "java", "");
    }

    /** Cuts a host off. */
    void cut(int host) throws Exception {
        ip("link", "set", cable(host), "down");
    }

    /** Has a host send what is for another nowhere: nobody answers, and nobody says that nobody does. */
    void swallow(int from, int to) throws Exception {
        ip(
                "-n",
                space(from),
                "neigh",
                "replace",
                address(to),
                "lladdr",
                "02:00:00:00:00:01",
                "dev",
                "eth0",
                "nud",
                "permanent");
    }

    private static void ip(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new java.io.IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    @Override
    public void close() {
        for (int host = 1; host <= count; host++) {
            quietly("netns", "del", space(host));
            quietly("link", "del", cable(host));
        }
        quietly("link", "del", bridge());
    }

    private static void quietly(String... words) {
        try {
            ip(words);
        } catch (Exception e) {
            // it was not there
        }
    }
}
