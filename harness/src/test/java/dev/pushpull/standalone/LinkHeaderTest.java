package dev.pushpull.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkHeaderTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "</n>; rel=\"next\"",
                "</n>;rel=next",
                " , <last> ; rel=last , </n>;\ttitle=\"a, <b>; rel=prev\\\"\" ; Rel = \"prev NEXT\"",
                "<x>; rel=prev; rel=next, </n>; foo; rel=next",
                "<x>; rel=next; anchor=\"#part\", </n>; rel=next",
                "< /n >; title*=UTF-8''a%20b; rel=next"
            })
    void theNextPageIsTheFirstLinkWithThatRelation(String header) {
        assertThat(LinkHeader.next(List.of(header))).contains("/n");
        assertThat(LinkHeader.next(List.of("<a>; rel=self", header))).contains("/n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "next",
                "<n",
                "<n>",
                "<n>; rel",
                "<n>; rel=",
                "<n>; rel=nextpage",
                "<n> rel=next",
                "rel=next; <n>",
                "<n>; title=\"rel=next\"",
                "<n>; rel=prev; rel=next",
                ";;;,,,<>"
            })
    void whatSaysNothingLikeItHasNoNextPage(String header) {
        assertThat(LinkHeader.next(List.of(header))).isEmpty();
    }

    @Test
    void noHeaderHasNone() {
        assertThat(LinkHeader.next(List.of())).isEmpty();
    }
}
