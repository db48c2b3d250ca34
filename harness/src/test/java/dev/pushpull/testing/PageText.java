package dev.pushpull.testing;

/** What a reader of a page sees, roughly. Whole pages are long: this is far quicker than a search by pattern. */
public final class PageText {
    private PageText() {}

    /** Its text on one line: without styles, scripts and tags. */
    public static String of(String html) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < html.length()) {
            int tag = html.indexOf('<', at);
            if (tag < 0) {
                break;
            }
            text.append(html, at, tag).append(' ');
            at = after(html, ">", after(html, unseen(html, tag), tag));
        }
        return text.append(html, at, html.length())
                .toString()
                .replace('\u00a0', ' ')
                .replaceAll("\\s+", " ");
    }

    /** How what is not seen ends, if it begins here. */
    private static String unseen(String html, int tag) {
        for (String name : new String[] {"style", "script"}) {
            if (html.startsWith(name, tag + 1) && " >".indexOf(html.charAt(tag + 1 + name.length())) >= 0) {
                return "</" + name;
            }
        }
        return "";
    }

    private static int after(String html, String what, int from) {
        int found = html.indexOf(what, from);
        return found < 0 ? html.length() : found + what.length();
    }
}
