package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.host.Spans.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpansTest {
    private static Spans spans(long... edges) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < edges.length; i += 2) {
            spans.add(new Span(edges[i], edges[i + 1]));
        }
        return Spans.of(spans);
    }

    @Test
    void thoseThatOverlapAreOne() {
        assertThat(spans(5, 9, 1, 3, 2, 4, 8, 12, 20, 20)).isEqualTo(spans(1, 4, 5, 12));
    }

    @Test
    void whatLiesInOneInBothOrInOneOnlyIsTold() {
        Spans one = spans(0, 10, 20, 30);
        Spans other = spans(5, 7, 8, 25);
        assertThat(one.or(other)).isEqualTo(spans(0, 30));
        assertThat(one.and(other)).isEqualTo(spans(5, 7, 8, 10, 20, 25));
        assertThat(one.without(other)).isEqualTo(spans(0, 5, 7, 8, 25, 30));
        assertThat(one.without(Spans.NONE)).isEqualTo(one);
        assertThat(one.and(Spans.NONE)).isEqualTo(Spans.NONE);
    }

    @Test
    void howMuchLiesBetweenTwoTimesIsTold() {
        Spans spans = spans(10, 20, 30, 50);
        assertThat(spans.within(0, 100)).isEqualTo(30);
        assertThat(spans.within(15, 35)).isEqualTo(10);
        assertThat(spans.within(20, 30)).isZero();
        assertThat(spans.within(40, 12)).isZero();
        assertThat(Spans.NONE.within(0, 100)).isZero();
    }

    @Test
    void aProcessTellsThemToAnother() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Spans spans = spans(10, 20, 30, 50);
        assertThat(mapper.readValue(mapper.writeValueAsString(spans), Spans.class))
                .isEqualTo(spans);
    }

    @Test
    void theLogOfAJvmsSafepointsTellsWhenItStoppedItself(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("safepoints.log");
        Files.writeString(file, """
            [36753898486619ns] Safepoint "GenCollectFull", Time since last: 22310815 ns, Reaching safepoint: 2253 ns, Cleanup: 23725 ns, At safepoint: 1162646 ns, Total: 1188624 ns
            [36753909072255ns] Safepoint "ICBufferFull", Time since last: 4997009 ns, Reaching safepoint: 2364 ns, At safepoint: 5583160 ns, Leaving safepoint: 12 ns, Total: 5589259 ns, Threads: 1 runnable, 12 total
            [36753915""");
        assertThat(new SafepointLog(file).read())
                .isEqualTo(
                        spans(36753898486619L - 1188624, 36753898486619L, 36753909072255L - 5589259, 36753909072255L));
        assertThat(new SafepointLog(folder.resolve("none")).read()).isEqualTo(Spans.NONE);
    }

    @Test
    void processorsAreNumberedAsTheKernelListsThem() {
        assertThat(PinnedThreads.numbers("0-2,5,8-9")).containsExactly(0, 1, 2, 5, 8, 9);
        assertThat(PinnedThreads.numbers("3")).containsExactly(3);
    }
}
