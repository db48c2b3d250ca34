package dev.pushpull.hosts;

import dev.pushpull.host.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings the program to a host, by the launcher's own means: over the standard input of its shell. A host that has the
 * same file, here or in its cache, gets nothing.
 */
final class ProgramThere {
    private static final String NONE = "none";
    private static final String HASH_OF =
            "hash_of() { (sha256sum \"$1\" || shasum -a 256 \"$1\") 2>/dev/null | cut -c1-64; }";

    private ProgramThere() {}

    /**
     * The words that make Java there run it, for the shell.
     *
     * @throws IOException when it cannot be brought there
     */
    static String words(RemoteShell shell, HostPart part) throws IOException {
        if (!part.jar().isEmpty()) {
            return "-cp " + RemoteShell.quoted(part.jar());
        }
        Optional<Path> jar = ThisProgram.jar();
        if (jar.isPresent() && !part.isLocal()) {
            return "-cp " + classPath(shell, part, jar.get());
        }
        shell.send("echo pushpull-shell ready"); // run from folders it can only be there already
        shell.answer("pushpull-shell");
        return ChildJvm.thisProgram().stream().map(RemoteShell::quoted).collect(Collectors.joining(" "));
    }

    /** The class path there, as a word for the shell. */
    static String classPath(RemoteShell shell, HostPart part, Path jar) throws IOException {
        shell.send(HASH_OF);
        String hash = ThisProgram.sha256(jar);
        String same = RemoteShell.quoted(jar.toString());
        String cached = "\"${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}\"/pushpull/" + hash + ".jar";
        shell.send("for f in %s %s; do if [ -f \"$f\" ] && [ \"$(hash_of \"$f\")\" = %s ]; then break; fi; f=%s; done"
                .formatted(same, cached, hash, NONE));
        shell.send("echo \"pushpull-shell $f\"");
        String found = shell.answer("pushpull-shell");
        return found.equals(NONE) ? brought(shell, part, jar, hash, cached) : RemoteShell.quoted(found);
    }

    /** The shell says when it will read the bytes, since some shells read ahead. */
    private static String brought(RemoteShell shell, HostPart part, Path jar, String hash, String cached)
            throws IOException {
        shell.send("f=%s; umask 077; mkdir -p \"${f%%/*}\" && echo 'pushpull-copy ready' && head -c %d > \"$f.$$\""
                        .formatted(cached, Files.size(jar))
                + " && [ \"$(hash_of \"$f.$$\")\" = " + hash
                + " ] && mv \"$f.$$\" \"$f\" && echo \"pushpull-copied $f\""
                + " || { rm -f \"$f.$$\"; echo 'the program could not be copied to' \"$f\" >&2; exit 1; }");
        shell.answer("pushpull-copy");
        System.err.println("pushpull: copying the program to " + part.host());
        shell.send(jar);
        return RemoteShell.quoted(shell.answer("pushpull-copied"));
    }
}
