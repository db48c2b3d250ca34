package dev.pushpull.cli;

import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPart.Role;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads which part of a run is on which host, from TOML. Every refusal names file, line and key. */
final class HostsFile {
    static final String FLAG = "--hosts";

    private static final String LOCAL = "local";
    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::word).toList();
    private static final List<String> KEYS = List.of("host", "launcher", "address", "bind", "java", "jar");

    /** A name or a numeric address. */
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:]+");

    /** A word of a command; one with blanks stands in quotes. */
    private static final Pattern WORD = Pattern.compile("\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"']+))");

    private final String where;
    private final Map<String, HostPart> launchers = new HashMap<>();
    private final HostPlan plan;

    private HostsFile(String where, TomlTable toml) {
        this.where = where;
        this.plan = plan(toml);
    }

    /** @throws InvalidInputException with file, line and key when it cannot be used */
    static HostPlan read(String name) {
        return file(name).complete();
    }

    /**
     * Pollers alone, whose provider is a system of others.
     *
     * @throws InvalidInputException likewise, or when it describes other parts
     */
    static HostPlan pollers(String name) {
        HostPlan plan = file(name).plan;
        if (plan.of(Role.POLLER).isEmpty()
                || plan.of(Role.POLLER).size() < plan.parts().size()) {
            throw new InvalidInputException(
                    "%s: a system of others is polled, and calls nobody; accepted: tables [[poller]], and no other"
                            .formatted(name));
        }
        return plan;
    }

    private static HostsFile file(String name) {
        if (!isFile(name)) {
            throw Quantity.wrong(FLAG, name, "a file that can be read, as docs/hosts.md describes it");
        }
        return new HostsFile(
                name, TomlText.named(FLAG, "hosts file", name, "", List.of()).toml());
    }

    private static boolean isFile(String name) {
        try {
            return Files.isReadable(Path.of(name)) && Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private HostPlan plan(TomlTable toml) {
        known("role", toml, ROLES);
        List<HostPart> parts = new ArrayList<>();
        for (Role role : Role.values()) {
            parts.addAll(parts(toml, role));
        }
        return new HostPlan(where, parts);
    }

    private HostPlan complete() {
        List<HostPart> parts = plan.parts();
        long providers =
                parts.stream().filter(part -> part.role() == Role.PROVIDER).count();
        if (providers != 1) {
            throw new InvalidInputException(
                    "%s: it has %d tables [provider]; accepted: one".formatted(where, providers));
        }
        if (parts.size() == 1) {
            throw new InvalidInputException(
                    "%s: it has no consumers; accepted: tables [[poller]] and [[receiver]]".formatted(where));
        }
        return plan;
    }

    private List<HostPart> parts(TomlTable toml, Role role) {
        Object given = toml.get(role.word());
        List<HostPart> parts = new ArrayList<>();
        if (given instanceof TomlTable one) {
            parts.add(part(role, one, toml.inputPositionOf(List.of(role.word()))));
        } else if (given instanceof TomlArray all) {
            for (int i = 0; i < all.size(); i++) {
                if (!(all.get(i) instanceof TomlTable table)) {
                    throw wrong(toml, role.word(), "tables under [[" + role.word() + "]]");
                }
                HostPart part = part(role, table, all.inputPositionOf(i));
                if (parts.stream().anyMatch(other -> other.host().equals(part.host()))) {
                    throw new InvalidInputException("%s:%d: host: '%s' is a %s twice; accepted: each host once a role"
                            .formatted(where, line(all.inputPositionOf(i)), part.host(), role.word()));
                }
                parts.add(part);
            }
        } else if (given != null) {
            throw wrong(toml, role.word(), "tables under [[" + role.word() + "]]");
        }
        return parts;
    }

    private HostPart part(Role role, TomlTable table, TomlPosition start) {
        known("key", table, KEYS);
        List<String> launcher = launcher(table);
        if (!launcher.isEmpty() && !table.contains("address")) {
            throw new InvalidInputException(
                    "%s:%d: address: it is missing; accepted: the name or address at which other hosts reach it"
                            .formatted(where, line(start)));
        }
        String address = address(table, "address", "127.0.0.1");
        HostPart part = new HostPart(
                role,
                text(table, "host", address),
                launcher,
                address,
                address(table, "bind", address),
                text(table, "java", "java"),
                text(table, "jar", ""));
        HostPart other = launchers.putIfAbsent(part.host(), part);
        if (other != null
                && !(other.launcher().equals(launcher) && other.address().equals(address))) {
            throw new InvalidInputException(
                    "%s:%d: host: '%s' has another launcher or address as a %s; accepted: the same"
                            .formatted(
                                    where,
                                    line(start),
                                    part.host(),
                                    other.role().word()));
        }
        return part;
    }

    private List<String> launcher(TomlTable table) {
        String text = text(table, "launcher", LOCAL).strip();
        if (text.equals(LOCAL)) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        int end = 0;
        while (end < text.length() && word.find(end) && word.start() == end) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
            end = word.end();
        }
        if (end < text.length() || words.isEmpty()) {
            throw wrong(table, "launcher", "local, or a command such as 'ssh h2', with every quote closed");
        }
        return List.copyOf(words);
    }

    private String address(TomlTable table, String key, String byDefault) {
        String address = text(table, key, byDefault);
        if (!ADDRESS.matcher(address).matches()) {
            throw wrong(table, key, "a name or a numeric address, without a port");
        }
        return address;
    }

    private String text(TomlTable table, String key, String byDefault) {
        if (!table.contains(key)) {
            return byDefault;
        }
        if (table.get(key) instanceof String text && !text.isBlank() && !text.matches("(?s).*\\p{Cntrl}.*")) {
            return text;
        }
        throw wrong(table, key, "a text");
    }

    private void known(String what, TomlTable table, List<String> keys) {
        for (String key : table.keySet()) {
            if (!keys.contains(key)) {
                throw new InvalidInputException(
                        at(table, key) + Names.unknown(what, key, keys).getMessage());
            }
        }
    }

    private InvalidInputException wrong(TomlTable table, String key, String accepted) {
        Object value = table.get(List.of(key));
        String shown = value instanceof TomlArray ? "a list" : value instanceof TomlTable ? "a table" : "" + value;
        return new InvalidInputException(
                at(table, key) + Quantity.wrong(key, shown, accepted).getMessage());
    }

    private String at(TomlTable table, String key) {
        return "%s:%d: ".formatted(where, line(table.inputPositionOf(List.of(key))));
    }

    private static int line(TomlPosition position) {
        return position == null ? 1 : position.line();
    }
}
