package dev.pushpull.report.shared;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.pushpull.scenario.Secrets;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What {@code --json} prints: one object with the rows of a command's CSV. Written value by value: to set up a mapper of
 * objects takes longer than the closed forms do.
 */
public final class JsonRows {
    private static final int SCHEMA_VERSION = 1;
    private static final JsonFactory JSON = new JsonFactory();

    private JsonRows() {}

    /**
     * One line of JSON, without a line end.
     *
     * @param rows by column; null where a figure does not exist
     */
    public static String render(String command, List<Map<String, Object>> rows) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("schema_version", SCHEMA_VERSION);
            json.writeStringField("command", command);
            json.writeArrayFieldStart("rows");
            for (Map<String, Object> row : rows) {
                json.writeStartObject();
                for (Map.Entry<String, Object> cell : row.entrySet()) {
                    json.writeFieldName(cell.getKey());
                    write(json, cell.getValue());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text took no more", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value == null || value instanceof Double number && !Double.isFinite(number)) {
            json.writeNull();
        } else if (value instanceof Double number) {
            json.writeNumber(Decimals.shortest(number));
        } else if (value instanceof String text) {
            json.writeString(Secrets.masked(text));
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else {
            json.writeRawValue(RunJson.text(value));
        }
    }
}
