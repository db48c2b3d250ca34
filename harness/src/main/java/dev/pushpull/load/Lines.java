package dev.pushpull.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Values as lines of JSON, exchanged between parent and child. */
public final class Lines {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Lines() {}

    public static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that has no JSON form", e);
        }
    }

    /** @throws IOException when the line does not hold such a value */
    public static <T> T read(String line, Class<T> type) throws IOException {
        return MAPPER.readValue(line, type);
    }
}
