package dev.pushpull.signing;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code application/x-www-form-urlencoded} strictly, letter by letter: if readers disagreed about a form, a
 * signature would cover it for only one of them.
 */
public final class FormFields {
    private FormFields() {}

    /**
     * All fields in the order of the text, even those without a name; empty when they are not percent-encoded UTF-8.
     */
    public static Optional<List<Message.Field>> of(byte[] form) {
        List<Message.Field> fields = new ArrayList<>();
        try {
            int start = 0;
            for (int end = 0; end <= form.length; end++) {
                if (end == form.length || form[end] == '&') {
                    if (end > start) {
                        fields.add(field(form, start, end));
                    }
                    start = end + 1;
                }
            }
            return Optional.of(fields);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static Message.Field field(byte[] form, int start, int end) throws CharacterCodingException {
        int equals = start;
        while (equals < end && form[equals] != '=') {
            equals++;
        }
        return new Message.Field(decoded(form, start, equals), decoded(form, Math.min(end, equals + 1), end));
    }

    private static String decoded(byte[] form, int start, int end) throws CharacterCodingException {
        byte[] bytes = Arrays.copyOfRange(form, start, end);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte next = bytes[i];
            if (next == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw new CharacterCodingException();
                }
                next = (byte) (high << 4 | low);
                i += 2;
            } else if (next == '+') {
                next = ' ';
            }
            bytes[length++] = next;
        }
        return StandardCharsets.UTF_8
                .newDecoder() // one that reports invalid UTF-8
                .decode(ByteBuffer.wrap(bytes, 0, length))
                .toString();
    }
}
