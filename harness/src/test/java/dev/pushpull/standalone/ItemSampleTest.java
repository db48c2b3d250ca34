package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.api.Test;

class ItemSampleTest {
    private static String sample(String json) throws JsonProcessingException {
        return ItemSample.of(ItemReader.JSON.readTree(json));
    }

    @Test
    void itShowsWhereThingsAreAndLittleOfThem() throws JsonProcessingException {
        assertThat(sample("{\"a\":{\"b\":[1.50,2,3]},\"t\":\"" + "x".repeat(100) + "\",\"n\":null}"))
                .isEqualTo("{\"a\":{\"b\":[1.50]},\"t\":\"" + "x".repeat(24) + "...\",\"n\":null}");
    }

    @Test
    void itIsOnePrintableLineOfLimitedLengthWhateverTheItem() throws JsonProcessingException {
        assertThat(sample("\"\\u001b[2J\\n\\u202e\"")).doesNotContain("\u001b", "\n", "\u202e");
        assertThat(sample("[".repeat(900) + "]".repeat(900))).hasSizeLessThan(210);
        StringBuilder many = new StringBuilder("{\"f\":1");
        for (int i = 0; i < 1000; i++) {
            many.append(",\"field").append(i).append("\":").append(i);
        }
        assertThat(sample(many + "}")).hasSizeLessThan(210);
    }

    @Test
    void secretsAreMaskedByTheNameOfTheirFieldAndByTheirForm() throws JsonProcessingException {
        assertThat(sample("{\"apiKey\":\"h0sh\",\"password\":{\"x\":\"h0sh\"},\"u\":\"http://a:h0sh@b/\",\"sig\":1}"))
                .doesNotContain("h0sh")
                .contains("\"apiKey\":\"***\"", "\"sig\":\"***\"");
    }
}
