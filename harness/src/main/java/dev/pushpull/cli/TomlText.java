package dev.pushpull.cli;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.ForeignText;
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
import java.util.Collection;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;

/**
 * A TOML text that comes with the program, or a file of the user's. What is wrong in it is reported with its line.
 *
 * @param where its name in a report
 */
record TomlText(String where, TomlParseResult toml) {
    /**
     * @param flag the flag that names it
     * @param what what it is
     * @param folder where those that come with the program are
     * @throws InvalidInputException when there is none of that name, or it cannot be read
     */
    static TomlText named(String flag, String what, String name, String folder, Collection<String> shipped) {
        boolean ours = shipped.contains(name);
        if (!ours && !isFile(name)) {
            throw name.contains("/") || name.endsWith(".toml")
                    ? Quantity.wrong(flag, name, "a file that can be read, or one of " + String.join(", ", shipped))
                    : Names.unknown(what, name, shipped);
        }
        TomlText text = new TomlText(
                ours ? name + ".toml" : name, Toml.parse(ours ? resource(folder + "/" + name) : file(flag, name)));
        for (TomlParseError error : text.toml.errors()) {
            throw new InvalidInputException("%s:%d: %s"
                    .formatted(
                            text.where,
                            error.position().line(),
                            TerminalText.unbounded(
                                    error.getMessage().lines().findFirst().orElse(""))));
        }
        return text;
    }

    /** Where a key is, for the beginning of a report. */
    String at(String key) {
        TomlPosition position = toml.inputPositionOf(List.of(key));
        return "%s:%d: ".formatted(where, position == null ? 1 : position.line());
    }

    /**
     * Rejects a key that is none of these.
     *
     * @throws InvalidInputException with file, line and key
     */
    void checkKnown(String key, Collection<String> keys) {
        if (!keys.contains(key)) {
            throw new InvalidInputException(
                    at(key) + Names.unknown("key", key, keys).getMessage());
        }
    }

    private static String resource(String path) {
        try (InputStream in = TomlText.class.getResourceAsStream(path + ".toml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the program's own " + path + " cannot be read", e);
        }
    }

    private static String file(String flag, String name) {
        try (Reader text = ForeignText.of(Files.newInputStream(Path.of(name)))) {
            StringWriter whole = new StringWriter();
            text.transferTo(whole);
            return whole.toString();
        } catch (IOException e) {
            throw Quantity.wrong(flag, name, "a file that can be read (" + Failures.sentence(e) + ")");
        }
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
