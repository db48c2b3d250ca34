package dev.pushpull.experiment;

import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.core.JsonPointer;
import dev.pushpull.measure.MeteredHttpClient.Ending;
import dev.pushpull.measure.MeteredHttpClient.Exchange;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class ListPageTest {
    @Test
    void readingALargeAnswerEndsWhenAnEndIsWishedFor() {
        String item = "[" + "[],".repeat(1 << 20) + "1]";
        Interruption stop = new Interruption();
        stop.request();

        assertThatIOException()
                .isThrownBy(() -> ListPage.read(answer("{\"data\":[" + item + "]}"), at("/data"), at("/id"), stop));
    }

    private static JsonPointer at(String pointer) {
        return JsonPointer.compile(pointer);
    }

    private static Exchange answer(String body) {
        return new Exchange(Ending.ANSWERED, 200, Headers.EMPTY, body.getBytes(StandardCharsets.UTF_8), 0, 0, "");
    }
}
