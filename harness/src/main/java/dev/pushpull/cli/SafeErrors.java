package dev.pushpull.cli;

import dev.pushpull.scenario.TerminalText;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntSupplier;

/** Standard error for text that others may have had a hand in: no secret passes, and nothing that steers a terminal. */
final class SafeErrors extends PrintStream {
    private final PrintStream bare;
    private final SecretFlags secrets;

    private SafeErrors(PrintStream bare, SecretFlags secrets) {
        super(bare, true, StandardCharsets.UTF_8);
        this.bare = bare;
        this.secrets = secrets;
    }

    /** Does something with standard error made safe. */
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

    /** Standard error for what this program alone writes, such as a progress bar, which steers the terminal. */
    static PrintStream bare() {
        return System.err instanceof SafeErrors safe ? safe.bare : System.err;
    }

    SecretFlags secrets() {
        return secrets;
    }

    private String safe(String text) {
        return TerminalText.lines(secrets.masked(text.replace("\r\n", "\n")));
    }

    /** What a logger writes by itself, and all below. */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        byte[] safe =
                safe(new String(bytes, offset, length, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        super.write(safe, 0, safe.length);
    }

    @Override
    public void print(String text) {
        super.print(safe(String.valueOf(text))); // as a whole: what is long is written in pieces
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
