package dev.pushpull.cli;

import dev.pushpull.scenario.TerminalText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Standard error for text that others may have influenced: it removes secrets and terminal control sequences. */
final class SafeErrors extends PrintStream {
    private final PrintStream bare;
    private final SecretFlags secrets;

    private SafeErrors(PrintStream bare, SecretFlags secrets) {
        super(bare, true, StandardCharsets.UTF_8);
        this.bare = bare;
        this.secrets = secrets;
    }

    /** Runs something with a safe standard error. */
    static int during(SecretFlags secrets, IntSupplier work) {
        PrintStream before = System.err;
        System.setErr(new SafeErrors(bare(), secrets));
        try {
            return work.getAsInt();
        } finally {
            System.err.flush();
            System.setErr(before);
        }
    }

    /** Standard error for what only this program writes, such as a progress bar, which controls the terminal. */
    static PrintStream bare() {
        return System.err instanceof SafeErrors safe ? safe.bare : System.err;
    }

    SecretFlags secrets() {
        return secrets;
    }

    private String safe(String text) {
        return TerminalText.lines(secrets.masked(text.replace("\r\n", "\n")));
    }

    /** Loggers write through this, and so does everything below. */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        print(new String(bytes, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void print(String text) {
        // masked as a whole, and once: the stream would write long text in pieces, each through this again
        byte[] safe = safe(String.valueOf(text)).getBytes(StandardCharsets.UTF_8);
        super.write(safe, 0, safe.length);
    }

    @Override
    public void print(Object value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(char[] text) {
        print(new String(text));
    }

    @Override
    public PrintStream format(String format, Object... arguments) {
        print(String.format(format, arguments));
        return this;
    }

    @Override
    public PrintStream format(Locale locale, String format, Object... arguments) {
        print(String.format(locale, format, arguments));
        return this;
    }
}
