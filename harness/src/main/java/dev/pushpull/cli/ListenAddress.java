package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a receiver listens.
 *
 * @param host a name or an address, without brackets
 * @param port 0 for any free one
 * @param path the one that takes webhooks; empty for the usual ones
 */
record ListenAddress(String host, int port, Optional<String> path) {
    static final String LOOPBACK = "127.0.0.1";

    private static final Pattern FORM =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.%A-Za-z]+\\]|[A-Za-z0-9._-]*):(?<port>[0-9]{1,5})(?<path>/.*)?");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9/._~!$&'()*+,=:@-]*");
    private static final int MOST_PORT = 65_535;

    /**
     * Reads {@code HOST:PORT/PATH}. Without a host it is loopback; {@code /} alone is a path as any other.
     *
     * @throws InvalidInputException in one line, when it has another form
     */
    static ListenAddress read(String flag, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group("port")) > MOST_PORT) {
            throw Quantity.wrong(
                    flag,
                    SecretKind.URL.shown(text),
                    "HOST:PORT/PATH such as 0.0.0.0:8081/hook, with port 0 for any free one");
        }
        String host = parts.group("host").replaceAll("[\\[\\]]", "");
        return new ListenAddress(
                host.isEmpty() ? LOOPBACK : host,
                Integer.parseInt(parts.group("port")),
                Optional.ofNullable(parts.group("path")).map(path -> path(flag, path)));
    }

    /** A path that a request's line can have. */
    static String path(String flag, String given) {
        if (!PATH.matcher(given).matches()) {
            throw Quantity.wrong(
                    flag, given, "a path such as /hooks/payments, of letters, digits and -._~!$&'()*+,=:@");
        }
        return given;
    }
}
