package dev.pushpull.scenario;

import java.util.regex.Pattern;

/** Text with URLs in it as it may be shown and written: without the credentials in them. */
public final class ShownUrl {
    /** Up to the last {@code @} before the path, as the reader of URLs has it, which forgives slashes of all kinds. */
    private static final Pattern USER =
            Pattern.compile("(?i)([a-z][a-z0-9+.-]*:[/\\\\]{2,}|https?:[/\\\\]*)[^/\\\\?#]*@");

    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "(?i)([?&][^=&#\\s]*(?:token|key|secret|passw|auth|credential|signature)[^=&#\\s]*=)[^&#\\s]+");

    private ShownUrl() {}

    /** With {@code ***} for a user and password, and for the value of a parameter that by its name is a secret. */
    public static String of(String text) {
        return SECRET_PARAMETER.matcher(USER.matcher(text).replaceAll("$1***@")).replaceAll("$1***");
    }
}
