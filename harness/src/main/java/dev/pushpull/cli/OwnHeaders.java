package dev.pushpull.cli;

import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Header fields that this program sets itself. A second field of the same name would make a different request than
 * intended.
 */
final class OwnHeaders {
    /** A field's name (RFC 9110, section 5.1). */
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    /** Fields that say where a message ends and what happens to its connection. */
    private static final List<String> OF_FRAMING = List.of(
            "Content-Length",
            "Transfer-Encoding",
            "Content-Encoding",
            "Accept-Encoding",
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "TE",
            "Trailer",
            "Upgrade",
            "HTTP2-Settings",
            "Expect");

    private static final List<String> OF_WEBHOOKS =
            List.of("Host", "Content-Type", "User-Agent", "svix-id", "svix-timestamp", "svix-signature");

    private final String flag;
    private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    private OwnHeaders(String flag, List<String> names) {
        this.flag = flag;
        this.names.addAll(OF_FRAMING);
        this.names.addAll(names);
    }

    static OwnHeaders ofPolls(String flag) {
        return new OwnHeaders(flag, List.of());
    }

    /** The fields of every scheme's signature too. */
    static OwnHeaders ofWebhooks(String flag) {
        List<String> names = new ArrayList<>(OF_WEBHOOKS);
        for (String name : SignatureSchemes.names()) {
            SignatureScheme scheme = SignatureSchemes.named(name).orElseThrow();
            Message probe = Message.of(new byte[] {'{', '}'}, "http://127.0.0.1/");
            names.addAll(scheme.sign(scheme.newSecret(), "probe", 0, probe).keySet());
        }
        return new OwnHeaders(flag, names);
    }

    /** What is wrong with a field, without its value, which may be secret; empty when nothing is. */
    Optional<String> refusal(String field) {
        int colon = field.indexOf(':');
        String name = colon < 0 ? "" : field.substring(0, colon).strip();
        if (!name.matches(TOKEN)) {
            return Optional.of("%s: '%s' is not accepted; accepted: 'Name: value' of visible ASCII characters"
                    .formatted(flag, colon < 0 ? shown(field.split(" ", 2)[0]) : shown(name) + ": ***"));
        }
        if (!field.substring(colon + 1).matches("[ -~]*")) {
            return Optional.of("%s: the value of '%s' is not accepted; accepted: visible ASCII characters and blanks"
                    .formatted(flag, name));
        }
        return names.contains(name)
                ? Optional.of("%s: '%s' is not accepted; pushpull sets it itself".formatted(flag, name))
                : Optional.empty();
    }

    private static String shown(String foreign) {
        return foreign.replaceAll("[^ -~]", "?");
    }
}
