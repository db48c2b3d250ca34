package dev.pushpull.report.shared;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files that a page carries along, so that anyone who has only the page has them too.
 *
 * @param texts by name
 * @param leftOut names of files that would make the page too large
 */
public record Downloads(Map<String, String> texts, List<String> leftOut) {
    private static final int MOST_CHARACTERS = 200_000;

    /** Takes what fits, in the order of {@code files}. */
    public static Downloads of(Map<String, ResultFiles.Content> files) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        int left = MOST_CHARACTERS;
        for (Map.Entry<String, ResultFiles.Content> file : files.entrySet()) {
            String text = text(file.getValue());
            if (text.length() <= left) {
                texts.put(file.getKey(), text);
                left -= text.length();
            } else {
                leftOut.add(file.getKey());
            }
        }
        return new Downloads(texts, leftOut);
    }

    private static String text(ResultFiles.Content content) {
        StringWriter out = new StringWriter();
        try {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** A note for readers about files that were left out; empty when there are none. */
    public String note() {
        return leftOut.isEmpty()
                ? ""
                : "Too large to be carried in this page, but beside it in the results folder: "
                        + String.join(", ", leftOut) + ".";
    }
}
