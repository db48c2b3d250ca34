package dev.pushpull.standalone;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads {@code Link} headers (RFC 8288, section 3): {@code <URI>; rel="next"; title="a, b", <URI>; rel=last}. What is no
 * link ends the reading of its header; the links before it count.
 */
final class LinkHeader {
    private final String text;
    private int at;

    private LinkHeader(String text) {
        this.text = text;
    }

    /** The target of the first link to the next page, as it is written; it may be relative. */
    static Optional<String> next(List<String> headers) {
        return headers.stream()
                .map(header -> new LinkHeader(header).next())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> next() {
        while (true) {
            skip(" \t,");
            int close = at < text.length() && text.charAt(at) == '<' ? text.indexOf('>', at) : -1;
            if (close < 0) {
                return Optional.empty();
            }
            String target = text.substring(at + 1, close).strip();
            at = close + 1;
            if (isNext()) {
                return Optional.of(target);
            }
        }
    }

    /** Reads the parameters of a link. Only its first {@code rel} counts; a link of another context is none of ours. */
    private boolean isNext() {
        String relations = null;
        boolean ofAnother = false;
        for (skip(" \t"); at < text.length() && text.charAt(at) == ';'; skip(" \t")) {
            at++;
            skip(" \t");
            String name = token().toLowerCase(Locale.ROOT);
            skip(" \t");
            String value = "";
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                skip(" \t");
                value = at < text.length() && text.charAt(at) == '"' ? quoted() : token();
            }
            ofAnother |= name.equals("anchor") && !value.isEmpty();
            if (name.equals("rel") && relations == null) {
                relations = value;
            }
        }
        return !ofAnother
                && relations != null
                && List.of(relations.toLowerCase(Locale.ROOT).split("\\s+")).contains("next");
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private String token() {
        int from = at;
        while (at < text.length() && "=;, \t\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        at = Math.min(text.length(), at + 1);
        return value.toString();
    }
}
