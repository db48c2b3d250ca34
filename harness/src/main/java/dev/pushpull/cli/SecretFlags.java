package dev.pushpull.cli;

import dev.pushpull.scenario.Secrets;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The secrets on a command line, as its flags declare them ({@link Secret}). Everything printed on standard error, and
 * everything received, served and polled, goes through {@link #masked}: other programs, and error messages, repeat what
 * they were given.
 */
final class SecretFlags {
    /** A secret of at least this many characters is masked even within a word. */
    private static final int LONG = 8;

    /** Longest first, so that no part of a secret is left. */
    private final Set<String> known =
            new TreeSet<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    private SecretFlags() {}

    /** The secrets of a program that is about to run with these arguments, even if they cannot be parsed. */
    static SecretFlags of(CommandLine program, String... arguments) {
        SecretFlags secrets = new SecretFlags();
        CommandSpec spec = program.getCommandSpec();
        for (int i = 0; i < arguments.length; i++) {
            CommandLine sub = spec.subcommands().get(arguments[i]);
            if (sub != null) {
                spec = sub.getCommandSpec();
            } else {
                secrets.learn(spec, i == 0 ? "" : arguments[i - 1], arguments[i]);
            }
        }
        return secrets;
    }

    /** The secrets that the program was started with. */
    static SecretFlags ofThisRun() {
        return System.err instanceof SafeErrors errors ? errors.secrets() : none();
    }

    /** None yet. */
    static SecretFlags none() {
        return new SecretFlags();
    }

    private void learn(CommandSpec spec, String before, String word) {
        Optional<Place> declared = place(spec, before, word);
        declared.ifPresent(place -> learn(place.kind().within(place.value())));
        if (declared.isEmpty() && !Secrets.masked(word).equals(word)) { // by its form, where none is expected
            learn(SecretKind.URL.within(word.startsWith("-") ? word.substring(word.indexOf('=') + 1) : word));
        }
    }

    /** Learns the flags' values, wherever they came from: an argument file, or a preset. */
    void learn(CommandSpec spec) {
        for (ArgSpec argument : spec.args()) {
            kind(argument).ifPresent(kind -> {
                argument.originalStringValues().forEach(value -> learn(kind.within(value)));
                preset(spec, argument).lines().forEach(value -> learn(kind.within(value)));
            });
        }
    }

    private static String preset(CommandSpec spec, ArgSpec argument) {
        IDefaultValueProvider preset = spec.defaultValueProvider();
        try {
            String value = preset == null ? null : preset.defaultValue(argument);
            return value == null ? "" : value;
        } catch (Exception e) { // the interface declares it; ours throws nothing
            return "";
        }
    }

    /** Learns one that a flag only names. */
    void learn(SecretKind kind, String value) {
        learn(kind.within(value));
    }

    private synchronized void learn(Collection<String> secrets) {
        secrets.stream()
                .filter(secret -> secret.length() >= Secrets.SHORTEST && !secret.equals(Secrets.MASK))
                .forEach(known::add);
    }

    /** The text without its secrets, which are recognised by their form or because a flag took them. */
    synchronized String masked(String text) {
        String shown = text;
        for (String secret : known) {
            if (shown.contains(secret)) {
                String quoted = Pattern.quote(secret);
                String regex = secret.length() >= LONG ? quoted : "(?<![\\w-])" + quoted + "(?!\\w)";
                shown = Pattern.compile(regex).matcher(shown).replaceAll(Matcher.quoteReplacement(Secrets.MASK));
            }
        }
        return Secrets.masked(shown);
    }

    /** A command line's words, in a form that may be kept and passed on. */
    static List<String> shown(CommandSpec spec, List<String> words) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String before = i == 0 ? "" : words.get(i - 1);
            shown.add(place(spec, before, word)
                    .map(place -> place.flag() + place.kind().shown(place.value()))
                    .orElse(Secrets.masked(word)));
        }
        return shown;
    }

    /**
     * A word of a command line that contains a secret.
     *
     * @param flag the part of the word before the value, such as {@code --secret=}; may be empty
     */
    private record Place(String flag, SecretKind kind, String value) {}

    private static Optional<Place> place(CommandSpec spec, String before, String word) {
        OptionSpec taking = spec.findOption(before);
        if (taking != null && before.startsWith("-") && taking.arity().max() > 0) {
            return kind(taking).map(kind -> new Place("", kind, word));
        }
        int equals = word.indexOf('=');
        OptionSpec within = word.startsWith("-") && equals > 0 ? spec.findOption(word.substring(0, equals)) : null;
        if (within != null) {
            return kind(within).map(kind -> new Place(word.substring(0, equals + 1), kind, word.substring(equals + 1)));
        }
        return word.startsWith("-") ? Optional.empty() : positional(spec).map(kind -> new Place("", kind, word));
    }

    private static Optional<SecretKind> positional(CommandSpec spec) {
        Stream<PositionalParamSpec> parameters = spec.positionalParameters().stream();
        return parameters.flatMap(parameter -> kind(parameter).stream()).findFirst();
    }

    /** The kind of secret that a flag declares. */
    static Optional<SecretKind> kind(ArgSpec argument) {
        return argument.userObject() instanceof AnnotatedElement field
                ? Optional.ofNullable(field.getAnnotation(Secret.class)).map(Secret::value)
                : Optional.empty();
    }
}
