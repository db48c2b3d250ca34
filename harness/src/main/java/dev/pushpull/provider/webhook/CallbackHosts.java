package dev.pushpull.provider.webhook;

import dev.pushpull.scenario.Failures;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import okhttp3.Dns;
import okhttp3.HttpUrl;

/**
 * The hosts that webhooks may go to: loopback, and hosts allowed by name. Checked when a URL is registered and again
 * whenever its host is resolved, since a name can change its address.
 */
final class CallbackHosts implements Dns {
    private final Set<String> allowed;

    CallbackHosts(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** Why a URL cannot be called back; empty when it can. */
    Optional<String> refusal(String url) {
        if (url.indexOf('#') >= 0) {
            return Optional.of("'" + url + "' has a fragment, which is never sent: nobody can be called there");
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return Optional.of("'" + url + "' is no URL");
        }
        // the client's own parser decides: a URL it cannot call must not be registered (port 99999, for instance)
        HttpUrl callable = HttpUrl.parse(url);
        if (uri.getRawUserInfo() != null) {
            return Optional.of("url: one with user or password is not accepted; it is stored, shown and logged");
        }
        if (callable == null || uri.getHost() == null) {
            return Optional.of("'" + url + "' is no http(s) URL with a host");
        }
        try {
            lookup(callable.host());
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of(Failures.sentence(e));
        }
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        if (host.toLowerCase(Locale.ROOT).endsWith(".localhost")) { // RFC 6761: needs no resolver
            return List.of(InetAddress.getByAddress(
                    host, InetAddress.getLoopbackAddress().getAddress()));
        }
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(host));
        boolean trusted = allowed.contains(host.toLowerCase(Locale.ROOT))
                || addresses.stream().allMatch(InetAddress::isLoopbackAddress);
        if (!trusted) {
            throw new UnknownHostException("the callback host '" + host + "' is not allowed; allowed: loopback"
                    + (allowed.isEmpty() ? "" : ", " + String.join(", ", allowed)));
        }
        return addresses;
    }
}
