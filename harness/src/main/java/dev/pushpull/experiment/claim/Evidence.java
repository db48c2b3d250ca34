package dev.pushpull.experiment.claim;

import java.util.Arrays;
import java.util.List;

/** Rows of evidence. */
final class Evidence {
    private Evidence() {}

    /** One row; a figure that does not exist (NaN) is an absent value. */
    static List<Object> row(Object... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell instanceof Double number && number.isNaN() ? "" : cell)
                .toList();
    }
}
