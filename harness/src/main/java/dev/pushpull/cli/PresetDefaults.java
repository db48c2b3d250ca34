package dev.pushpull.cli;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of flags from a preset: they win over the program's defaults, and explicit flags win over them. A preset is a
 * TOML file whose keys are flags without their dashes. {@code base} names another preset to build on, and {@code
 * interval-hint} is the poll interval for commands in which no real time passes.
 */
final class PresetDefaults implements IDefaultValueProvider {
    static final String FLAG = "--preset";

    /** The presets that come with the program. */
    static final List<String> NAMES = List.of(
            "stripe", "github", "gitlab", "shopify", "twilio", "slack", "iot", "payment", "ci-push", "order", "message",
            "sensor");

    private static final String BASE = "base";
    private static final String INTERVAL_HINT = "interval-hint";
    private static final String HEADER = "webhook-header";
    private static final List<String> TIMELESS = List.of("predict", "simulate", "what-if");

    private static final List<String> KEYS = List.of(
            BASE,
            INTERVAL_HINT,
            "interval",
            "quota",
            "page-limit",
            "retention",
            "rate",
            "arrivals",
            "consumers",
            "payload",
            "event-type",
            "scheme",
            HEADER,
            "retry",
            "retry-jitter",
            "disable",
            "connect-timeout",
            "response-timeout",
            "in-flight",
            "in-flight-per-endpoint");

    private final Map<String, String> values;

    private PresetDefaults(Map<String, String> values) {
        this.values = values;
    }

    /** Separates several values of one key: no command-line argument can contain it. */
    static final String BETWEEN = "\0";

    /** All keys. */
    static List<String> keyNames() {
        return KEYS;
    }

    /**
     * The preset that a command line names; empty when it names none.
     *
     * @throws InvalidInputException with file, line and key when it cannot be used
     */
    static Optional<PresetDefaults> of(String... arguments) {
        String named = null;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals(FLAG) && i + 1 < arguments.length) {
                named = arguments[i + 1];
            } else if (arguments[i].startsWith(FLAG + "=")) {
                named = arguments[i].substring(FLAG.length() + 1);
            }
        }
        return named == null ? Optional.empty() : Optional.of(new PresetDefaults(read(named, NAMES.size())));
    }

    /** @param mostBases how many presets may build on each other */
    private static Map<String, String> read(String name, int mostBases) {
        boolean shipped = NAMES.contains(name);
        if (!shipped && !isFile(name)) {
            throw name.contains("/") || name.endsWith(".toml")
                    ? Quantity.wrong(FLAG, name, "a file that can be read, or one of " + String.join(", ", NAMES))
                    : Names.unknown("preset", name, NAMES);
        }
        if (mostBases == 0) {
            throw new InvalidInputException(name + ": " + BASE + ": these presets build on each other in a circle");
        }
        TomlParseResult toml = Toml.parse(shipped ? resource(name) : file(name));
        String where = shipped ? name + ".toml" : name;
        for (TomlParseError error : toml.errors()) {
            throw new InvalidInputException("%s:%d: %s"
                    .formatted(
                            where,
                            error.position().line(),
                            TerminalText.unbounded(
                                    error.getMessage().lines().findFirst().orElse(""))));
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (toml.isString(BASE)) {
            values.putAll(read(value(where, toml, BASE), mostBases - 1));
        }
        for (String key : toml.keySet()) {
            values.put(key, value(where, toml, key));
        }
        values.remove(BASE);
        return values;
    }

    private static String value(String where, TomlParseResult toml, String key) {
        TomlPosition position = toml.inputPositionOf(List.of(key));
        String at = "%s:%d: ".formatted(where, position == null ? 1 : position.line());
        if (!KEYS.contains(key)) {
            throw new InvalidInputException(at + Names.unknown("key", key, KEYS).getMessage());
        }
        String text = text(at, key, toml.get(List.of(key)));
        try {
            check(key, text);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(at + e.getMessage());
        }
        return text;
    }

    /** As the flag itself would, so that the line can be named. */
    private static void check(String key, String text) {
        if (key.equals("consumers")) { // how many there may be depends on the command
            Quantity.count(key, text, 1, Integer.MAX_VALUE);
        } else if (!key.equals(BASE)) {
            String flag = "--" + (key.equals(INTERVAL_HINT) ? "interval" : key);
            TypedFlags.read(CompareCommand.commandLine().getCommandSpec().findOption(flag), key, text);
        }
    }

    private static String text(String at, String key, Object value) {
        if (String.valueOf(value instanceof TomlArray array ? array.toList() : value)
                .matches("(?s).*\\p{Cntrl}.*")) {
            throw new InvalidInputException(at + key + ": a control character is not accepted");
        }
        if (value instanceof String || value instanceof Long || value instanceof Double) {
            return value.toString();
        }
        if (key.equals(HEADER)
                && value instanceof TomlArray array
                && array.toList().stream().allMatch(String.class::isInstance)) {
            return String.join(
                    BETWEEN, array.toList().stream().map(String.class::cast).toList());
        }
        String wanted = key.equals(HEADER) ? "a text or a list of texts" : "a text or a number";
        throw new InvalidInputException(at + key + ": this is not accepted; accepted: " + wanted);
    }

    private static String resource(String name) {
        try (InputStream in = PresetDefaults.class.getResourceAsStream("presets/" + name + ".toml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program's own preset " + name + " cannot be read", e);
        }
    }

    private static String file(String name) {
        try (Reader text = ForeignText.of(Files.newInputStream(Path.of(name)))) {
            StringWriter whole = new StringWriter();
            text.transferTo(whole);
            return whole.toString();
        } catch (IOException e) {
            throw Quantity.wrong(FLAG, name, "a file that can be read (" + Failures.sentence(e) + ")");
        }
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String key = option.longestName().substring("--".length());
        boolean timeless = TIMELESS.contains(option.command().name());
        if (key.equals("interval") && timeless && values.containsKey(INTERVAL_HINT)) {
            return values.get(INTERVAL_HINT);
        }
        return values.get(key);
    }
}
