package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** A flag's value for the URL of a server. */
final class UrlFlag {
    /** Characters that the URL parser forgives but that cannot be sent. */
    private static final Pattern VERBATIM = Pattern.compile("(?i)https?://[^\\s\\p{Cntrl}]+");

    private UrlFlag() {}

    /**
     * The URL that was given.
     *
     * @param example a URL that would be accepted
     * @throws InvalidInputException in one line, when the value is not an http(s) URL; when it has a fragment, which is
     *     never sent, so nothing could be called there; or when it has credentials, which would be stored and shown
     */
    static HttpUrl checked(String flag, String given, String example) {
        HttpUrl url = HttpUrl.parse(given);
        if (url != null && !(url.username().isEmpty() && url.password().isEmpty())) {
            throw new InvalidInputException(
                    flag + ": a URL with user or password is not accepted; it is stored and shown");
        }
        if (url == null) {
            throw Quantity.wrong(flag, SecretKind.URL.shown(given), "an http(s) URL such as " + example);
        }
        withoutFragment(flag, given);
        return url;
    }

    /**
     * Checks a URL that is signed as it stands, including any credentials.
     *
     * @throws InvalidInputException when no webhook could be sent there
     */
    static void signed(String flag, String given) {
        if (HttpUrl.parse(given) == null || !VERBATIM.matcher(given).matches()) {
            throw Quantity.wrong(
                    flag,
                    SecretKind.URL.shown(given),
                    "an http(s) URL without spaces, such as https://me.example/hook");
        }
        withoutFragment(flag, given);
    }

    /** @throws InvalidInputException when there is one */
    static void withoutFragment(String flag, String given) {
        if (given.indexOf('#') >= 0) {
            throw Quantity.wrong(flag, SecretKind.URL.shown(given), "a URL without #: what follows it is never sent");
        }
    }
}
