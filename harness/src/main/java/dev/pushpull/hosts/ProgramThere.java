package dev.pushpull.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
     * The class path there, as a word for the shell.
     *
     * @throws IOException when it cannot be brought there
     */
    static String classPath(RemoteShell shell, HostPart part) throws IOException {
        return classPath(shell, part, ThisProgram.jar());
    }

    /** @param jar the program here; empty if it runs from folders */
    static String classPath(RemoteShell shell, HostPart part, Optional<Path> jar) throws IOException {
        if (!part.jar().isEmpty()) {
            return RemoteShell.quoted(part.jar());
        }
        shell.send(HASH_OF);
        if (jar.isEmpty() || part.isLocal()) { // run from folders it can only be there already
            shell.send("echo pushpull-shell ready");
            shell.answer("pushpull-shell");
            return RemoteShell.quoted(ThisProgram.classPath());
        }
        String hash = ThisProgram.sha256(jar.get());
        String same = RemoteShell.quoted(jar.get().toString());
        String cached = "\"${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}\"/pushpull/" + hash + ".jar";
        shell.send("for f in %s %s; do if [ -f \"$f\" ] && [ \"$(hash_of \"$f\")\" = %s ]; then break; fi; f=%s; done"
                .formatted(same, cached, hash, NONE));
        shell.send("echo \"pushpull-shell $f\"");
        String found = shell.answer("pushpull-shell");
        return found.equals(NONE) ? brought(shell, part, jar.get(), hash, cached) : RemoteShell.quoted(found);
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
