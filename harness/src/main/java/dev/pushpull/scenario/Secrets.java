package dev.pushpull.scenario;

import java.util.regex.Pattern;

/**
 * What is secret by its form, wherever it stands: the credentials in URLs and addresses of databases, the values of
 * parameters and headers that are secrets by their names, and signing keys that say what they are. All that is printed or
 * written for people and programs goes through here.
 */
public final class Secrets {
    /** What has fewer characters is no secret, and to mask it would spoil text. */
    public static final int SHORTEST = 4;

    /** What stands in place of a secret. */
    public static final String MASK = "***";

    /** What a parameter or a header is called whose value is a secret, in part. */
    private static final String NAMED = "(?:token|key|secret|pass|pwd|auth|credential|signature|jwt|session)";

    /**
     * Up to the last {@code @} before the path, as the reader of URLs has it, which forgives slashes of all kinds.
     * The end of a scheme will do: a long text without any would else be searched again from each of its letters.
     */
    private static final Pattern USER =
            Pattern.compile("(?i)([a-z][a-z0-9+.-]{0,63}:[/\\\\]{2,}|https?:[/\\\\]*)[^/\\\\?#\\n]*@");

    /** What ends a quotation or a sentence around a URL belongs to the sentence. */
    private static final String CLOSING = "['\").,;:>\\]}]";

    private static final Pattern PARAMETER = Pattern.compile("(?i)([?&#;](?:[^?=&#;\\s]*" + NAMED
            + "[^=&#;\\s]*|sig|sid|code|sas|pw|tok|otp|hmac|bearer)=)" + "[^&#\\s]+?(?=" + CLOSING + "*(?:[&#\\s]|$))");

    /** Those that carry credentials on the way to a server; others are secret only where a flag says so. */
    private static final Pattern HEADER =
            Pattern.compile("(?i)\\b((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(\\s*:\\s*)[^\\n]+");

    private static final Pattern SIGNING_KEY = Pattern.compile("\\b(wh(?:sec|sk)_)[A-Za-z0-9+/_-]{4,}=*");

    private static final Pattern HARMLESS_HEADER =
            Pattern.compile("(?i)(accept[a-z-]*|user-agent|prefer|cache-control|content-type)\\s*:.*");

    /** Of a word that stands alone where a header should. */
    private static final int SHORTEST_KEY = 8;

    private Secrets() {}

    /** Any text, with {@link #MASK} for what is secret in it. */
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

    /** {@code Name: ***}: any header of one's own may carry a key, so only well-known ones are shown. */
    public static String maskedHeader(String header) {
        int colon = header.indexOf(':');
        return isHarmless(header) ? header : colon < 0 ? MASK : header.substring(0, colon) + ": " + MASK;
    }

    /**
     * Whether a header, as {@code Name: value}, says nothing that could be a secret: by its name, or because it is too
     * short for one. So does a short word alone.
     */
    public static boolean isHarmless(String header) {
        int colon = header.indexOf(':');
        return HARMLESS_HEADER.matcher(header).matches()
                || (colon < 0
                        ? header.length() < SHORTEST_KEY
                        : header.substring(colon + 1).strip().length() < SHORTEST);
    }
}
