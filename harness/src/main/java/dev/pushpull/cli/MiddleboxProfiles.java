package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.TerminalText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code --behind} names: the limits of what stands between consumers and provider, one TOML file each. */
final class MiddleboxProfiles {
    static final String FLAG = "--behind";

    /** The profiles that come with the program. */
    static final List<String> NAMES = List.of(
            "alb",
            "nlb",
            "nginx",
            "cloudflare",
            "heroku",
            "api-gateway-websocket",
            "cloud-run",
            "google-lb",
            "browser");

    private static final String IDLE = "idle";
    private static final String LIFETIME = "lifetime";
    private static final String FIRST_BYTE = "first-byte";
    private static final String CONNECTIONS = "connections-a-host";
    private static final String ENDS = "ends";
    private static final String JITTER = "jitter";
    private static final List<String> DURATIONS = List.of(IDLE, LIFETIME, FIRST_BYTE, JITTER);

    /** For readers of the file. */
    private static final List<String> ORIGIN = List.of("source", "read");

    /** All keys. */
    static final List<String> KEYS =
            List.of(IDLE, LIFETIME, FIRST_BYTE, CONNECTIONS, ENDS, JITTER, ORIGIN.get(0), ORIGIN.get(1));

    private static final String TOLD = "told";
    private static final String SILENT = "silent";
    private static final int MOST_CONNECTIONS = 1_000_000;

    private MiddleboxProfiles() {}

    /** @throws InvalidInputException with file, line and key when it cannot be used */
    static Middlebox named(String name) {
        TomlText file = TomlText.named(FLAG, "profile of " + FLAG, name, "behind", NAMES);
        Map<String, Long> nanos = new HashMap<>();
        int connections = 0;
        boolean silent = false;
        for (String key : file.toml().keySet()) {
            file.checkKnown(key, KEYS);
            String text = text(file, key);
            try {
                if (DURATIONS.contains(key)) {
                    nanos.put(key, Quantity.durationNanos(key, text));
                } else if (key.equals(CONNECTIONS)) {
                    connections = Quantity.count(key, text, 1, MOST_CONNECTIONS);
                } else if (key.equals(ENDS)) {
                    silent = silent(text);
                }
            } catch (InvalidInputException e) {
                throw new InvalidInputException(file.at(key) + e.getMessage());
            }
        }
        Middlebox box = new Middlebox(
                shortName(name),
                nanos.getOrDefault(IDLE, 0L),
                nanos.getOrDefault(LIFETIME, 0L),
                nanos.getOrDefault(FIRST_BYTE, 0L),
                connections,
                silent,
                nanos.getOrDefault(JITTER, 0L));
        if (box.holdsNanos() == Middlebox.NEVER && connections == 0) {
            throw new InvalidInputException("%s: it limits nothing; accepted: at least one of %s"
                    .formatted(file.where(), String.join(", ", IDLE, LIFETIME, FIRST_BYTE, CONNECTIONS)));
        }
        return box;
    }

    /** A file goes by its name in reports. */
    private static String shortName(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\.toml$", "");
        return last.replaceAll("\\p{Cntrl}", "?");
    }

    private static String text(TomlText file, String key) {
        Object value = file.toml().get(List.of(key));
        if (value instanceof String || value instanceof Long || value instanceof Double) {
            return value.toString();
        }
        throw new InvalidInputException(
                file.at(key) + TerminalText.value(key) + ": this is not accepted; accepted: a text or a number");
    }

    private static boolean silent(String text) {
        return switch (text) {
            case TOLD -> false;
            case SILENT -> true;
            default -> throw Quantity.wrong(ENDS, text, TOLD + ": both sides learn of it, or " + SILENT);
        };
    }
}
