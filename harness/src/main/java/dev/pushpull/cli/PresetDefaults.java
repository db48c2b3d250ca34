package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
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
    private static final List<String> TIMELESS = List.of("predict", "simulate", "what-if", AdviseCommand.NAME);

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
            "in-flight-per-endpoint",
            "min-interval",
            "free-304");

    /** Keys that have a meaning for advice alone. */
    private static final List<String> ONLY_ADVICE = List.of("min-interval", "free-304");

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
        if (mostBases == 0) {
            throw new InvalidInputException(name + ": " + BASE + ": these presets build on each other in a circle");
        }
        TomlText file = TomlText.named(FLAG, "preset", name, "presets", NAMES);
        TomlParseResult toml = file.toml();
        Map<String, String> values = new LinkedHashMap<>();
        if (toml.isString(BASE)) {
            values.putAll(read(value(file, BASE), mostBases - 1));
        }
        for (String key : toml.keySet()) {
            values.put(key, value(file, key));
        }
        values.remove(BASE);
        return values;
    }

    private static String value(TomlText file, String key) {
        file.checkKnown(key, KEYS);
        String at = file.at(key);
        String text = text(at, key, file.toml().get(List.of(key)));
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
            if (!ONLY_ADVICE.contains(key)) {
                TypedFlags.read(CompareCommand.commandLine().getCommandSpec().findOption(flag), key, text);
            } else if (key.equals("min-interval")) {
                Quantity.durationNanos(key, text);
            } else if (!List.of("true", "false").contains(text)) {
                throw Quantity.wrong(key, text, "true or false");
            }
        }
    }

    private static String text(String at, String key, Object value) {
        if (String.valueOf(value instanceof TomlArray array ? array.toList() : value)
                .matches("(?s).*\\p{Cntrl}.*")) {
            throw new InvalidInputException(at + key + ": a control character is not accepted");
        }
        if (value instanceof String
                || value instanceof Long
                || value instanceof Double
                || value instanceof Boolean && ONLY_ADVICE.contains(key)) {
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
