package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.host.Interruption;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.testing.Refusals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import okhttp3.Headers;

/** Any answer of a stranger's endpoint is a list that can be shown or an error in one line. */
class ListPageFuzzTest {
    private static final List<JsonPointer> PLACES =
            List.of(JsonPointer.compile(""), JsonPointer.compile("/data"), JsonPointer.compile("/a/1/b"));
    private static final JsonPointer ID = JsonPointer.compile("/id");

    private static final JsonPointer CURSOR = JsonPointer.compile("/next_cursor");

    /** The {@code Content-Type} up to the first line feed, then the body. */
    @FuzzTest
    void isAListOrAnErrorInOneLine(byte[] data) {
        int line = 0;
        while (line < data.length && data[line] != '\n') {
            line++;
        }
        String type = new String(data, 0, line, StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}", " ");
        byte[] body = Arrays.copyOfRange(data, Math.min(data.length, line + 1), data.length);
        Headers headers = new Headers.Builder()
                .addUnsafeNonAscii("Content-Type", type.strip())
                .build();
        Exchange answer = new Exchange(Ending.ANSWERED, 200, headers, body, 0, data.length, "");
        for (JsonPointer place : PLACES) {
            read(answer, place);
        }
    }

    private static void read(Exchange answer, JsonPointer place) {
        ListPage page;
        try {
            page = ListPage.read(
                    answer, place, CURSOR, new ItemReader(ItemPointers.of(place, ID), line -> {}), new Interruption());
        } catch (IOException e) {
            Refusals.assertOneLine(e);
            return;
        }
        assertThat(page.items().size()).isLessThanOrEqualTo(answer.body().length);
        assertThat(page.more() && page.cursor() == null).isFalse();
        for (ItemReader.Item item : page.items()) {
            Refusals.assertOneLine("id: " + item.id());
            assertThat(item.key()).isNotNull();
        }
    }
}
