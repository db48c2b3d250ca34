package dev.pushpull.cli;

import dev.pushpull.delivery.webhook.Credential;
import dev.pushpull.delivery.webhook.Exposure;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import picocli.CommandLine.Option;

/** The flags that say how senders reach a receiver. */
@FlagGroup.In(FlagGroup.WEBHOOKS)
final class ExposureFlags {
    private static final String AUTH = "--auth";
    private static final String PUBLIC_URL = "--public-url";
    private static final String PATH = "--path";

    @Option(
            names = PATH,
            paramLabel = "PATH",
            description = "Accept webhooks at this path only, as endpoint 0; any other path is answered 404. "
                    + "Repeatable: the next one is endpoint 1 (default: /webhooks/NUMBER and "
                    + "/api/webhooks/stripe-payment).")
    private List<String> paths = new ArrayList<>();

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

    /**
     * @param first the path of endpoint 0, if another flag names it
     * @param scheme as it was named
     * @param shown the credential that this scheme requires by itself
     */
    Exposure read(Optional<String> first, String scheme, Optional<Credential> shown) {
        if (auth != null && shown.isPresent()) {
            throw new InvalidInputException(
                    "%s: it is not accepted with --scheme %s, which is a credential itself".formatted(AUTH, scheme));
        }
        return new Exposure(front(), trustsProxy, paths(first), shown.or(this::auth));
    }

    /** Whether senders must present one besides the signature. */
    boolean wantsCredential() {
        return auth != null;
    }

    private List<String> paths(Optional<String> first) {
        Set<String> all = new LinkedHashSet<>();
        first.ifPresent(all::add);
        for (String path : paths) {
            if (!all.add(ListenAddress.path(PATH, path))) {
                throw Quantity.wrong(PATH, path, "each path once");
            }
        }
        return List.copyOf(all);
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
