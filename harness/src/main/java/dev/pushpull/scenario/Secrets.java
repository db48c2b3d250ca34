package dev.pushpull.scenario;

import java.util.regex.Pattern;

/**
 * Recognises secrets by their form, wherever they stand: credentials in URLs and database addresses, values of
 * parameters and headers whose names say that they are secret, and signing keys with a known prefix. Everything printed
 * or written for people and programs passes through here.
 */
public final class Secrets {
    /** Shorter text is not a secret, and masking it would spoil the output. */
    public static final int SHORTEST = 4;

    /** Replaces a secret. */
    public static final String MASK = "***";

    /** Parts of names of parameters and headers whose values are secret. */
    private static final String NAMED = "(?:token|key|secret|pass|pwd|auth|credential|signature|jwt|session)";

    /**
     * Up to the last {@code @} before the path, as URL parsers do, which accept slashes of all kinds. The end of a
     * scheme is enough: a long text without one would otherwise be searched again from each of its letters.
     */
    private static final Pattern USER =
            Pattern.compile("(?i)([a-z][a-z0-9+.-]{0,63}:[/\\\\]{2,}|https?:[/\\\\]*)[^/\\\\?#\\n]*@");

    /** A quotation mark or full stop after a URL belongs to the sentence. */
    private static final String CLOSING = "['\").,;:>\\]}]";

    private static final Pattern PARAMETER = Pattern.compile("(?i)([?&#;](?:[^?=&#;\\s]*" + NAMED
            + "[^=&#;\\s]*|sig|sid|code|sas|pw|tok|otp|hmac|bearer)=)" + "[^&#\\s]+?(?=" + CLOSING + "*(?:[&#\\s]|$))");

    private static final Pattern FIELD = Pattern.compile("(?i).*" + NAMED + ".*|sig|sid|sas|pw|otp|hmac|bearer");

    /** Headers that carry credentials to a server; others are secret only if a flag says so. */
    private static final Pattern HEADER =
            Pattern.compile("(?i)\\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(\\s*:\\s*)[^\\n]+");

    private static final Pattern SIGNING_KEY = Pattern.compile("\\b(wh(?:sec|sk)_)[A-Za-z0-9+/_-]{4,}=*");

    private static final Pattern HARMLESS_HEADER =
            Pattern.compile("(?i)(accept[a-z-]*|user-agent|prefer|cache-control|content-type)\\s*:.*");

    /** For a word that stands where a header should. */
    private static final int SHORTEST_KEY = 8;

    private Secrets() {}

    /** The text with {@link #MASK} in place of its secrets. */
    public static String masked(String text) {
        String shown = text;
        if (shown.indexOf('@') >= 0) {
            shown = USER.matcher(shown).replaceAll("$1" + MASK + "@");
        }
        if (shown.indexOf('=') >= 0) {
            shown = PARAMETER.matcher(shown).replaceAll("$1" + MASK);
        }
        if (shown.indexOf(':') >= 0) {
            shown = HEADER.matcher(shown).replaceAll("$1$2" + MASK);
        }
        return shown.contains("wh") ? SIGNING_KEY.matcher(shown).replaceAll("$1" + MASK) : shown;
    }

    /** Whether a field of this name holds a secret, as far as its name tells. */
    public static boolean isNamedSecret(String name) {
        return FIELD.matcher(name).matches();
    }

    /** {@code Name: ***}: any custom header may carry a key, so only the values of well-known ones are shown. */
    public static String maskedHeader(String header) {
        int colon = header.indexOf(':');
        return isHarmless(header) ? header : colon < 0 ? MASK : header.substring(0, colon) + ": " + MASK;
    }

    /**
     * Whether a header {@code Name: value} contains nothing secret, because of its name or because it is too short. The
     * same for a short word.
     */
    public static boolean isHarmless(String header) {
        int colon = header.indexOf(':');
        return HARMLESS_HEADER.matcher(header).matches()
                || (colon < 0
                        ? header.length() < SHORTEST_KEY
                        : header.substring(colon + 1).strip().length() < SHORTEST);
    }
}
