package dev.pushpull.cli;

import dev.pushpull.delivery.webhook.Credential;
import dev.pushpull.delivery.webhook.Exposure;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.util.Optional;
import okhttp3.HttpUrl;
import picocli.CommandLine.Option;

/** The flags that say how senders reach a receiver. */
final class ExposureFlags {
    private static final String AUTH = "--auth";
    private static final String PUBLIC_URL = "--public-url";
    private static final String PATH = "--path";

    @Option(
            names = PATH,
            paramLabel = "PATH",
            description = "Accept webhooks at this path only, as endpoint 0; any other path is answered 404 "
                    + "(default: /webhooks/NUMBER and /api/webhooks/stripe-payment).")
    private String path;

    @Option(
            names = PUBLIC_URL,
            paramLabel = "URL",
            description = "Behind a proxy: the part of the public URL before the path and query that this "
                    + "receiver sees: scheme, host, port, and any path prefix that the proxy removes. "
                    + "Twilio signs that URL, and --subscribe registers it (default: http:// and the "
                    + "request's Host).")
    @Secret(SecretKind.URL)
    private String publicUrl;

    @Option(
            names = "--trust-proxy",
            description = "Behind a proxy, without --public-url: take scheme and host from X-Forwarded-Proto "
                    + "and X-Forwarded-Host, the first value of each.")
    private boolean trustsProxy;

    @Option(
            names = AUTH,
            paramLabel = "WHAT",
            description = "A credential that senders must present besides the signature, or get 401: "
                    + "basic:USER:PASSWORD, bearer:TOKEN or header:NAME=VALUE. It appears in no result.")
    @Secret(SecretKind.CREDENTIAL)
    private String auth;

    Exposure read() {
        return new Exposure(front(), trustsProxy, Optional.ofNullable(path).map(ExposureFlags::checkedPath), auth());
    }

    private Optional<String> front() {
        if (publicUrl == null) {
            return Optional.empty();
        }
        HttpUrl url = UrlFlag.checked(PUBLIC_URL, publicUrl, "https://hooks.example.com");
        if (url.query() != null) {
            throw Quantity.wrong(
                    PUBLIC_URL, SecretKind.URL.shown(publicUrl), "a URL without a query, which is the request's own");
        }
        return Optional.of(publicUrl.replaceFirst("/+$", "")); // unchanged: a signature covers every letter of it
    }

    private static String checkedPath(String given) {
        if (!given.matches("/[A-Za-z0-9/._~!$&'()*+,=:@-]*")) {
            throw Quantity.wrong(
                    PATH, given, "a path such as /hooks/payments, of letters, digits and -._~!$&'()*+,=:@");
        }
        return given;
    }

    private Optional<Credential> auth() {
        if (auth == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Credential.of(auth));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(AUTH + ": it is not accepted; " + e.getMessage());
        }
    }
}
