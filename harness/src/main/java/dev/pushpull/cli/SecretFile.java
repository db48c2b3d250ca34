package dev.pushpull.cli;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code --secret-file}: a secret that stands in no command line, where others on the machine could read it. */
final class SecretFile {
    static final String NAME = "--secret-file";
    private static final int LONGEST = 4_096;

    static final String DESCRIPTION = "A file whose first line is the secret, in place of --secret.";

    private SecretFile() {}

    /**
     * The secret that was given, or else that of the file; empty when there is neither.
     *
     * @param given the value of {@code --secret}, or null
     * @param file the value of {@code --secret-file}, or null
     * @throws InvalidInputException in one line, when there are both, or the file has none
     */
    static Optional<String> or(String given, String file) {
        if (file == null) {
            return Optional.ofNullable(given);
        }
        if (given != null) {
            throw new InvalidInputException(
                    NAME + ": '" + file + "' is not accepted with --secret; one of them is the secret");
        }
        String secret = firstLine(file);
        SecretFlags.ofThisRun().learn(SecretKind.WHOLE, secret);
        return Optional.of(secret);
    }

    private static String firstLine(String file) {
        char[] start = new char[LONGEST + 1];
        int length = 0;
        try (BufferedReader text = new BufferedReader(
                new InputStreamReader(Files.newInputStream(Path.of(file)), StandardCharsets.UTF_8))) {
            for (int next = text.read(); next >= 0 && next != '\n' && length <= LONGEST; next = text.read()) {
                start[length++] = (char) next;
            }
        } catch (IOException | InvalidPathException e) {
            throw Quantity.wrong(NAME, file, "a file that can be read (" + Failures.sentence(e) + ")");
        }
        if (length > 0 && start[length - 1] == '\r') {
            length--;
        }
        if (length > LONGEST) {
            throw Quantity.wrong(NAME, file, "a file whose first line has at most 4,096 characters");
        }
        String secret = new String(start, 0, length);
        if (secret.isBlank()) {
            throw Quantity.wrong(NAME, file, "a file whose first line is the secret, not one that is empty");
        }
        return secret;
    }
}
