package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The bytes that were typed, against the encoding by which the JVM made text of them. What does not fit becomes question
 * marks without a word, and a path of question marks is another path, as a secret of them is another secret.
 */
final class CommandLineBytes {
    private static final String REMEDY =
            "; accepted: that encoding's characters, or another locale, such as LC_ALL=C.UTF-8";

    private CommandLineBytes() {}

    /**
     * Looks at this process's own arguments and working directory, where the system shows them.
     *
     * @throws InvalidInputException when one of them reached the program as something else
     */
    static void check() {
        Charset encoding = encoding();
        try {
            check(Files.readAllBytes(Path.of("/proc/self/cmdline")), encoding);
        } catch (IOException e) {
            return; // not Linux: there the JVM does without the locale
        }
        try {
            Path directory = Path.of("").toAbsolutePath();
            if (Files.isSameFile(directory, Path.of("/proc/self/cwd"))) {
                return;
            }
        } catch (InvalidPathException | NoSuchFileException e) {
            // it is not there under that name
        } catch (IOException e) {
            return; // its parents may be closed to this user
        }
        throw new InvalidInputException(
                "the current directory's name is no text in the system's encoding " + encoding + REMEDY);
    }

    /** @param arguments each with a NUL at its end, as the kernel keeps them */
    static void check(byte[] arguments, Charset encoding) {
        int from = 0;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] != 0) {
                continue;
            }
            ByteBuffer argument = ByteBuffer.wrap(arguments, from, i - from);
            try {
                encoding.newDecoder().decode(argument.duplicate());
            } catch (CharacterCodingException e) {
                throw new InvalidInputException("'" + StandardCharsets.UTF_8.decode(argument)
                        + "' on the command line is no text in the system's encoding " + encoding + REMEDY);
            }
            from = i + 1;
        }
    }

    /** By which the JVM reads arguments and names files. */
    private static Charset encoding() {
        try {
            return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
