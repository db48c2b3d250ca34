package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pushpull.host.Interruption;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListPageTest {
    private static final JsonPointer CURSOR = JsonPointer.compile("/next_cursor");

    @Test
    void readingALargeAnswerEndsWhenAnEndIsWishedFor() {
        String item = "[" + "[],".repeat(1 << 20) + "1]";
        Interruption stop = new Interruption();
        stop.request();

        assertThatIOException()
                .isThrownBy(
                        () -> ListPage.read(answer("{\"data\":[" + item + "]}"), at("/data"), CURSOR, reader(), stop));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t=1", "\r=1", "=1", "a\u009bb", "a\u202eb"})
    void anIdIsKeptAsItWasWrittenForFilesHaveRulesOfTheirOwn(String id) throws IOException {
        String body = JsonNodeFactory.instance.objectNode().put("id", id).toString();

        ListPage page = ListPage.read(answer("[" + body + "]"), at(""), CURSOR, reader(), new Interruption());

        assertThat(page.items()).extracting(ItemReader.Item::id).containsExactly(id);
    }

    @Test
    void anIdOfAnyLengthTakesLittleRoom() throws IOException {
        ListPage page = ListPage.read(
                answer("[{\"id\":\"" + "x".repeat(1 << 20) + "\"}]"), at(""), CURSOR, reader(), new Interruption());

        assertThat(page.items().get(0).id()).hasSizeLessThan(300).endsWith("...");
    }

    private static ItemReader reader() {
        return new ItemReader(ItemPointers.of(at(""), at("/id")), line -> {});
    }

    private static JsonPointer at(String pointer) {
        return JsonPointer.compile(pointer);
    }

    private static Exchange answer(String body) {
        return new Exchange(Ending.ANSWERED, 200, Headers.EMPTY, body.getBytes(StandardCharsets.UTF_8), 0, 0, "");
    }
}
