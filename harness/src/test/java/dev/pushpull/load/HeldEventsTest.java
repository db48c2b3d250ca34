package dev.pushpull.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldEventsTest {
    @Test
    void everyEventSaysWhenItWasToOccurAndWhenItDid() {
        HeldEvents page = page("{\"data\":[{\"id\":\"a\",\"data\":{" + HeldEvents.stamps(-5, 7)
                + ",\"filler\":\"x\"}},{\"id\":\"b\",\"data\":{" + HeldEvents.stamps(100, 101)
                + "}}],\"next_cursor\":\"12\",\"has_more\":false}");
        List<Long> seen = new ArrayList<>();
        int count = page.events((intended, occurred) -> seen.addAll(List.of(intended, occurred)));
        assertThat(count).isEqualTo(2);
        assertThat(seen).containsExactly(-5L, 7L, 100L, 101L);
        assertThat(page.cursor("3")).isEqualTo("12");
    }

    @Test
    void anAnswerWithoutCursorLeavesItWhereItWas() {
        assertThat(page("").cursor("3")).isEqualTo("3");
    }

    private static HeldEvents page(String text) {
        return new HeldEvents(text.getBytes(StandardCharsets.UTF_8));
    }
}
