package dev.pushpull.report.shared;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines for a terminal: wrapping, padding and columns. Widths count code points; the report uses no wide characters.
 */
public final class Layout {
    public static final int WIDTH = 80;
    private static final String GAP = "  ";

    private Layout() {}

    /** Words in lines of at most this width; a longer word is cut. */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            String rest = word;
            while (length(line) + (line.isEmpty() ? 0 : 1) + length(rest) > width) {
                if (line.isEmpty()) {
                    int cut = rest.offsetByCodePoints(0, width);
                    lines.add(rest.substring(0, cut));
                    rest = rest.substring(cut);
                } else {
                    lines.add(line.toString());
                    line.setLength(0);
                }
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        if (!line.isEmpty()) {
            lines.add(line.toString());
        }
        return lines;
    }

    public static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    public static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - length(text))) + text;
    }

    public static int length(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }

    /** The same table in one piece, however wide. */
    public static List<String> lines(List<List<String>> rows) {
        return blocks(rows, 0, Integer.MAX_VALUE).get(0);
    }

    /**
     * A table whose first column is left-aligned and the others right-aligned. It is split into as many blocks, one
     * below the other, as the width requires; each block repeats the first column.
     *
     * @param rows all of the same length, the header first
     */
    public static List<List<String>> blocks(List<List<String>> rows, int indent) {
        return blocks(rows, indent, WIDTH);
    }

    private static List<List<String>> blocks(List<List<String>> rows, int indent, int width) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        List<List<String>> blocks = new ArrayList<>();
        int from = 1;
        while (from < widths.length) {
            int used = indent + widths[0];
            int to = from;
            while (to < widths.length && (to == from || used + GAP.length() + widths[to] <= width)) {
                used += GAP.length() + widths[to++];
            }
            List<String> lines = new ArrayList<>();
            for (List<String> row : rows) {
                StringBuilder line = new StringBuilder(" ".repeat(indent)).append(padRight(row.get(0), widths[0]));
                for (int column = from; column < to; column++) {
                    line.append(GAP).append(padLeft(row.get(column), widths[column]));
                }
                lines.add(line.toString().stripTrailing());
            }
            blocks.add(lines);
            from = to;
        }
        return blocks;
    }
}
