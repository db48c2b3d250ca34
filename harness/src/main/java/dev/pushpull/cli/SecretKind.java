package dev.pushpull.cli;

import dev.pushpull.scenario.Secrets;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which part of a flag's value is secret. */
enum SecretKind {
    /** All of it. It may be several secrets, separated by spaces. */
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
    /** All of it, as one secret: a body that is sent. */
    BODY {
        @Override
        String shown(String value) {
            return Secrets.MASK;
        }

        @Override
        List<String> within(String value) {
            return List.of(value);
        }
    },
    /** The part after the kind's name: {@code basic:USER:PASSWORD}, {@code header:NAME=VALUE}. */
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
    /** The value of a header, written {@code Name: value}, unless the header is known to be harmless. */
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
                parts.add(content.substring(content.lastIndexOf(' ') + 1)); // the key after Bearer or Basic
            }
            return parts;
        }
    },
    /** User and password in a URL or a database address, and parameters whose names say that they are secret. */
    URL {
        @Override
        String shown(String value) {
            // text that is not a URL can still hold a password
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

    /** The value as shown or kept in a command line. */
    abstract String shown(String value);

    /** The secrets in it, in every form in which others may repeat them. */
    abstract List<String> within(String value);

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
