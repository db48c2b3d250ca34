package dev.pushpull.delivery.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** What a sender must show besides a signature, in one header. No text from this class reveals it. */
public final class Credential {
    /** The accepted forms, for the error about another. */
    public static final String ACCEPTED = "basic:USER:PASSWORD, bearer:TOKEN or header:NAME=VALUE, of visible ASCII"
            + " characters and none of them empty";

    private static final String AUTHORIZATION = "Authorization";
    private static final String TEXT = "[ -~]*[!-~]"; // a header loses the spaces at its ends
    private static final String TOKEN = "[!-~]+";
    private static final String HEADER_NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    private final Kind kind;
    private final String header;
    private final byte[] wanted;

    private enum Kind {
        BASIC("Basic"),
        BEARER("Bearer"),
        HEADER("");

        private final String scheme;

        Kind(String scheme) {
            this.scheme = scheme;
        }
    }

    private Credential(Kind kind, String header, String wanted) {
        this.kind = kind;
        this.header = header;
        this.wanted = wanted.getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws IllegalArgumentException when it has none of the forms above; the message does not contain the value */
    public static Credential of(String text) {
        int colon = text.indexOf(':');
        String kind = text.substring(0, Math.max(0, colon));
        String rest = text.substring(colon + 1);
        if (kind.equals("basic") && rest.matches("[!-9;-~][ -9;-~]*:" + TEXT)) {
            return new Credential(Kind.BASIC, AUTHORIZATION, rest);
        }
        if (kind.equals("bearer") && rest.matches(TOKEN)) {
            return new Credential(Kind.BEARER, AUTHORIZATION, rest);
        }
        int equals = rest.indexOf('=');
        if (kind.equals("header") && equals > 0) {
            String name = rest.substring(0, equals);
            String value = rest.substring(equals + 1);
            if (name.matches(HEADER_NAME) && value.matches("[!-~]|[!-~]" + TEXT)) {
                return new Credential(Kind.HEADER, name, value);
            }
        }
        throw new IllegalArgumentException("accepted: " + ACCEPTED);
    }

    /**
     * Whether the credential was shown, checked in a time that does not reveal how much of it was right.
     *
     * @param headers returns the value of a header by its name, null when absent
     */
    boolean isShownIn(Function<String, String> headers) {
        String value = headers.apply(header);
        return value != null && MessageDigest.isEqual(shown(value), wanted);
    }

    private byte[] shown(String value) {
        if (kind == Kind.HEADER) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        int space = value.indexOf(' ');
        if (space < 0 || !value.substring(0, space).equalsIgnoreCase(kind.scheme)) {
            return new byte[0];
        }
        String shown = value.substring(space).strip();
        try {
            return kind == Kind.BEARER
                    ? shown.getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(shown);
        } catch (IllegalArgumentException e) {
            return new byte[0]; // not Base64; no accepted credential is empty
        }
    }

    /** The challenge of a refusal (RFC 9110, section 11.6.1), if the header is one of HTTP's own. */
    Optional<String> asked() {
        return kind == Kind.HEADER ? Optional.empty() : Optional.of(kind.scheme + " realm=\"webhooks\"");
    }

    @Override
    public String toString() {
        return kind + " ***";
    }
}
