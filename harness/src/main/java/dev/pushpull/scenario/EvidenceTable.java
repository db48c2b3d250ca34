package dev.pushpull.scenario;

import java.util.List;

/**
 * The measurements behind a finding, as written to {@code evidence/NAME.csv}.
 *
 * @param name of the file, without its ending: letters, digits, {@code -} and {@code _}, so that it cannot lead
 *     elsewhere
 * @param columns in snake_case, with units
 * @param rows numbers or text, one for each column; an empty text is an absent value
 */
public record EvidenceTable(String name, List<String> columns, List<List<Object>> rows) {
    /**
     * @throws IllegalArgumentException when a row is longer or shorter than the header, or the name is not a file name
     */
    public EvidenceTable {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("no name of a table");
        }
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        name + ": " + row.size() + " cells under " + columns.size() + " columns");
            }
        }
    }

    /** How a figure refers to these columns as its evidence. */
    public String cited(String... columns) {
        for (String column : columns) {
            if (!this.columns.contains(column)) {
                throw new IllegalArgumentException(name + " has no column " + column);
            }
        }
        return path() + ": " + String.join(", ", columns);
    }

    /** Its place in the results folder. */
    public String path() {
        return "evidence/" + name + ".csv";
    }
}
