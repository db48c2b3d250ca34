package dev.pushpull.cli;

import dev.pushpull.scenario.Secrets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a flag's value is secret. */
enum SecretKind {
    /** All of it; it may be several, divided by spaces. */
    WHOLE {
        @Override
        String shown(String value) {
            return Secrets.MASK;
        }

        @Override
        List<String> within(String value) {
            List<String> parts = new ArrayList<>(List.of(value.split("\\s+")));
            parts.add(value);
            return parts;
        }
    },
    /** What follows the name of a kind: {@code basic:USER:PASSWORD}, {@code header:NAME=VALUE}. */
    CREDENTIAL {
        @Override
        String shown(String value) {
            return Secrets.MASK;
        }

        @Override
        List<String> within(String value) {
            String rest = value.substring(value.indexOf(':') + 1);
            return List.of(value, rest, rest.substring(Math.max(rest.indexOf(':'), rest.indexOf('=')) + 1));
        }
    },
    /** The value of a header, as {@code Name: value}, unless its name says that it is harmless. */
    HEADER {
        @Override
        String shown(String value) {
            return Secrets.maskedHeader(value);
        }

        @Override
        List<String> within(String value) {
            List<String> parts = new ArrayList<>();
            for (String header :
                    value.lines().filter(line -> !Secrets.isHarmless(line)).toList()) {
                String content = header.substring(header.indexOf(':') + 1).strip();
                parts.add(content);
                parts.add(content.substring(content.lastIndexOf(' ') + 1)); // a key after Bearer or Basic
            }
            return parts;
        }
    },
    /** User and password in a URL or an address of a database, and parameters that are secrets by their names. */
    URL {
        @Override
        String shown(String value) {
            // what is no URL can still hold a password
            return Secrets.masked(USER_WITHOUT_SCHEME.matcher(value).replaceFirst(Secrets.MASK + "@"));
        }

        @Override
        List<String> within(String value) {
            List<String> parts = new ArrayList<>();
            Matcher user = USER.matcher(value);
            if (user.find()) {
                String both = user.group(1);
                parts.addAll(List.of(
                        both, both.substring(both.indexOf(':') + 1), both.substring(both.lastIndexOf(':') + 1)));
            }
            Arrays.stream(value.split("[?&#;]"))
                    .skip(1)
                    .filter(parameter -> !Secrets.masked("?" + parameter).equals("?" + parameter))
                    .forEach(parameter -> parts.add(parameter.substring(parameter.indexOf('=') + 1)));
            List<String> decoded = parts.stream().map(SecretKind::decoded).toList();
            parts.addAll(decoded);
            return parts;
        }
    };

    private static final Pattern USER = Pattern.compile("(?i)^(?:[a-z][a-z0-9+.:-]*:[/\\\\]+)?([^/\\\\?#]*)@");
    private static final Pattern USER_WITHOUT_SCHEME = Pattern.compile("^[^/\\\\?#]*@");

    /** How it stands in a command line that is shown or kept. */
    abstract String shown(String value);

    /** The secrets in it, each as others may repeat it. */
    abstract List<String> within(String value);

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
