package dev.pushpull.cli;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads a body given as text or, after {@code @}, by the name of its file. */
final class BodyFlag {
    static final String NAME = "--body";
    private static final int MOST_BYTES = 16 << 20;

    private BodyFlag() {}

    /** The parser would take {@code @FILE} after {@code --body} for a file of arguments, unless it has two {@code @}. */
    static String[] withoutFilesOfArguments(String... arguments) {
        String[] taken = arguments.clone();
        for (int i = 1; i < taken.length; i++) {
            if (taken[i - 1].equals(NAME) && taken[i].startsWith("@")) {
                taken[i] = "@" + taken[i];
            }
        }
        return taken;
    }

    /** @throws dev.pushpull.scenario.InvalidInputException when the file cannot be read or is too large */
    static byte[] bytes(String flag, String given) {
        if (!given.startsWith("@")) {
            return given.getBytes(StandardCharsets.UTF_8);
        }
        String file = given.substring(1);
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Quantity.wrong(flag, given, "a file of at most " + Quantity.size(MOST_BYTES));
            }
            return bytes;
        } catch (IOException | InvalidPathException e) {
            throw Quantity.wrong(flag, given, "text, or @ and a file that can be read (" + Failures.sentence(e) + ")");
        }
    }
}
