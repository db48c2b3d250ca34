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
 * Checks the bytes that were typed against the encoding with which the JVM decoded them. The JVM silently turns bytes
 * that do not fit into question marks; a path with question marks is a different path, and a secret with them a
 * different secret.
 */
final class CommandLineBytes {
    private static final String REMEDY =
            "; accepted: that encoding's characters, or another locale, such as LC_ALL=C.UTF-8";

    private CommandLineBytes() {}

    /**
     * Checks this process's own arguments and working directory, where the system shows them.
     *
     * @throws InvalidInputException when one of them was not decoded as typed
     */
    static void check() {
        Charset encoding = encoding();
        try {
            check(Files.readAllBytes(Path.of("/proc/self/cmdline")), encoding);
        } catch (IOException e) {
            return; // not Linux: elsewhere the JVM does not depend on the locale
        }
        try {
            Path directory = Path.of("").toAbsolutePath();
            if (Files.isSameFile(directory, Path.of("/proc/self/cwd"))) {
                return;
            }
        } catch (InvalidPathException | NoSuchFileException e) {
            // the decoded name does not exist
        } catch (IOException e) {
            return; // this user may not read its parents
        }
        throw new InvalidInputException(
                "the current directory's name is no text in the system's encoding " + encoding + REMEDY);
    }

    /** @param arguments each followed by a NUL, as the kernel keeps them */
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

    /** The encoding in which the JVM reads arguments and names files. */
    private static Charset encoding() {
        try {
            return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
