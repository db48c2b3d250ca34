package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Meter;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads a price list from TOML. Every refusal names file, line and key. */
final class PriceFile {
    static final String FLAG = "--prices";

    /** The lists that come with the program. */
    static final List<String> NAMES = List.of(
            "aws-http-lambda", "aws-websocket", "cloudflare-workers", "cloudflare-durable-objects", "cloud-run");

    private static final List<String> TOP = List.of("currency", "holds-connections", "consumer", "provider");
    private static final List<String> KEYS = List.of(
            "meter", "price", "per", "unit", "free", "steps", "counts", "each", "unit-bytes", "when", "source", "date");
    private static final List<String> STEP_KEYS = List.of("from", "price");

    private final String where;
    private final LocalDate today;

    private PriceFile(String where, LocalDate today) {
        this.where = where;
        this.today = today;
    }

    /**
     * @param name of a file, or of one that comes with the program
     * @param today no price may be younger
     * @throws InvalidInputException with file, line and key when it cannot be used
     */
    static PriceList read(String name, LocalDate today) {
        TomlText file = TomlText.named(FLAG, "price list", name, "prices", NAMES);
        return new PriceFile(file.where(), today).list(file.toml(), name);
    }

    private PriceList list(TomlTable toml, String name) {
        known(toml, TOP);
        String currency = "";
        if (toml.contains("currency")) {
            currency = text(toml, "currency");
            if (!Pricing.isCurrency(currency)) {
                throw wrong(toml, "currency", "a currency of ISO 4217, such as USD");
            }
        }
        boolean holds = true;
        if (toml.contains("holds-connections")) {
            if (!(toml.get("holds-connections") instanceof Boolean given)) {
                throw wrong(toml, "holds-connections", "true or false");
            }
            holds = given;
        }
        return new PriceList(name, currency, holds, meters(toml, "consumer"), meters(toml, "provider"));
    }

    private List<Meter> meters(TomlTable toml, String side) {
        List<Meter> meters = new ArrayList<>();
        if (!toml.contains(side)) {
            return meters;
        }
        if (!(toml.get(side) instanceof TomlArray tables)) {
            throw wrong(toml, side, "tables under [[" + side + "]]");
        }
        for (int i = 0; i < tables.size(); i++) {
            if (!(tables.get(i) instanceof TomlTable table)) {
                throw wrong(toml, side, "tables under [[" + side + "]]");
            }
            meters.add(meter(table, tables.inputPositionOf(i)));
        }
        return meters;
    }

    private Meter meter(TomlTable table, TomlPosition start) {
        known(table, KEYS);
        for (String key : List.of("meter", "price", "unit", "source", "date")) {
            if (!table.contains(key)) {
                throw new InvalidInputException("%s:%d: %s: it is missing".formatted(where, line(start), key));
            }
        }
        Meter.Kind kind = one(table, "meter", Meter.Kind.values());
        if (!text(table, "unit").equals(kind.unit())) {
            throw wrong(table, "unit", kind.unit() + ", which " + kind.text() + " counts");
        }
        LocalDate date = date(table);
        boolean perRequest = kind == Meter.Kind.GB_SECONDS || kind == Meter.Kind.VCPU_SECONDS;
        if (perRequest && !table.contains("each")) {
            throw new InvalidInputException("%s:%d: each: it is missing; accepted: %s that a request takes"
                    .formatted(where, line(start), kind.unit()));
        }
        return new Meter(
                kind,
                number(table, "price", 0),
                table.contains("per") ? positive(table, "per") : 1,
                number(table, "free", 0),
                steps(table),
                table.contains("counts") ? one(table, "counts", Meter.Counts.values()) : Meter.Counts.ALL,
                table.contains("each") ? positive(table, "each") : 1,
                number(table, "unit-bytes", 0),
                table.contains("when") ? one(table, "when", Meter.When.values()) : Meter.When.ALWAYS,
                text(table, "source"),
                date.toString());
    }

    private LocalDate date(TomlTable table) {
        LocalDate date;
        try {
            date = table.get("date") instanceof LocalDate given ? given : LocalDate.parse(text(table, "date"));
        } catch (DateTimeParseException e) {
            throw wrong(table, "date", "a date such as 2026-09-20");
        }
        if (date.isAfter(today)) {
            throw wrong(table, "date", "a date that is not in the future");
        }
        return date;
    }

    private List<Meter.Step> steps(TomlTable table) {
        List<Meter.Step> steps = new ArrayList<>();
        if (!table.contains("steps")) {
            return steps;
        }
        String form = "a list such as [{from = 300_000_000, price = 0.90}], rising";
        if (!(table.get("steps") instanceof TomlArray array)) {
            throw wrong(table, "steps", form);
        }
        for (int i = 0; i < array.size(); i++) {
            if (!(array.get(i) instanceof TomlTable step) || !step.contains("from") || !step.contains("price")) {
                throw wrong(table, "steps", form);
            }
            known(step, STEP_KEYS);
            Meter.Step read = new Meter.Step(number(step, "from", 0), number(step, "price", 0));
            if (!steps.isEmpty() && read.from() <= steps.get(steps.size() - 1).from()) {
                throw wrong(step, "from", "more than the step before it");
            }
            steps.add(read);
        }
        return steps;
    }

    private void known(TomlTable table, List<String> keys) {
        for (String key : table.keySet()) {
            if (!keys.contains(key)) {
                throw new InvalidInputException(
                        at(table, key) + Names.unknown("key", key, keys).getMessage());
            }
        }
    }

    private String text(TomlTable table, String key) {
        if (table.get(key) instanceof String text && !text.isBlank() && !text.matches("(?s).*\\p{Cntrl}.*")) {
            return text;
        }
        throw wrong(table, key, "a text");
    }

    private double number(TomlTable table, String key, double byDefault) {
        if (!table.contains(key)) {
            return byDefault;
        }
        double value = table.get(key) instanceof Number number ? number.doubleValue() : -1;
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw wrong(table, key, "a number of 0 or more");
        }
        return value;
    }

    private double positive(TomlTable table, String key) {
        double value = number(table, key, 0);
        if (value == 0) {
            throw wrong(table, key, "a number above 0");
        }
        return value;
    }

    private <T extends Enum<T>> T one(TomlTable table, String key, T[] values) {
        List<String> names = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        String given = text(table, key);
        int place = names.indexOf(given);
        if (place < 0) {
            throw new InvalidInputException(
                    at(table, key) + Names.unknown(key, given, names).getMessage());
        }
        return values[place];
    }

    private InvalidInputException wrong(TomlTable table, String key, String accepted) {
        Object value = table.get(List.of(key));
        return new InvalidInputException(at(table, key)
                + dev.pushpull.scenario.Quantity.wrong(key, shown(value), accepted)
                        .getMessage());
    }

    private static String shown(Object value) {
        return value instanceof TomlArray array
                ? String.valueOf(array.toList())
                : value instanceof TomlTable ? "a table" : String.valueOf(value);
    }

    private String at(TomlTable table, String key) {
        return "%s:%d: ".formatted(where, line(table.inputPositionOf(List.of(key))));
    }

    private static int line(TomlPosition position) {
        return position == null ? 1 : position.line();
    }
}
