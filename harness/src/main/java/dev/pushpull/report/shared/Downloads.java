package dev.pushpull.report.shared;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Files that a page carries along, so that anyone who has only the page has them too.
 *
 * @param packed the files by name, each compressed with gzip and written in base64
 * @param leftOut names of files that would make the page too large
 */
public record Downloads(Map<String, String> packed, List<String> leftOut) {
    private static final int MOST_CHARACTERS = 130_000;

    /** Takes what fits, in the order of {@code files}. */
    public static Downloads of(Map<String, ResultFiles.Content> files) {
        Map<String, String> packed = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        int left = MOST_CHARACTERS;
        for (Map.Entry<String, ResultFiles.Content> file : files.entrySet()) {
            String text = packed(file.getValue());
            if (text.length() <= left) {
                packed.put(file.getKey(), text);
                left -= text.length();
            } else {
                leftOut.add(file.getKey());
            }
        }
        return new Downloads(packed, leftOut);
    }

    private static String packed(ResultFiles.Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(new GZIPOutputStream(bytes), StandardCharsets.UTF_8)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** A note for readers about files that were left out; empty when there are none. */
    public String note() {
        return leftOut.isEmpty()
                ? ""
                : "Too large to be carried in this page, but beside it in the results folder: "
                        + String.join(", ", leftOut) + ".";
    }
}
