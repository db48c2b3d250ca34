package dev.pushpull.scenario;

import java.util.List;

/**
 * The measurements that a finding rests on, as they stand in {@code evidence/NAME.csv}.
 *
 * @param name of the file, without its ending: letters, digits, {@code -} and {@code _}, so that it leads nowhere else
 * @param columns in snake_case, with their units
 * @param rows numbers or text, as many as there are columns; an empty text is an absent value
 */
public record EvidenceTable(String name, List<String> columns, List<List<Object>> rows) {
    /** @throws IllegalArgumentException when a row is longer or shorter than the head, or the name is no file's */
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

    /** How a figure names these columns as what it rests on. */
    public String cited(String... columns) {
        for (String column : columns) {
            if (!this.columns.contains(column)) {
                throw new IllegalArgumentException(name + " has no column " + column);
            }
        }
        return path() + ": " + String.join(", ", columns);
    }

    /** Where it is in the results folder. */
    public String path() {
        return "evidence/" + name + ".csv";
    }
}
