package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.scenario.Ledger.Account;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Account BALANCED =
            new Account("requests", Map.of("sent", 10L), Map.of("received", 7L, "refused", 2L, "cut off", 1L));
    private static final Account SHORT = new Account("bytes", Map.of("sent", 500L), Map.of("received", 499L));
    private static final Account OVER = new Account("deliveries", Map.of("expected", 3L), Map.of("delivered", 4L));

    @Test
    void anAccountBalancesWhenBothSidesHaveTheSameSum() {
        assertThat(BALANCED.difference()).isZero();
        assertThat(new Account("nothing", Map.of(), Map.of()).difference()).isZero();
    }

    @Test
    void theDifferenceIsDebitMinusCredit() {
        assertThat(SHORT.difference()).isEqualTo(1);
        assertThat(OVER.difference()).isEqualTo(-1);
    }

    @Test
    void everyAccountOutOfBalanceIsNamedAndOneCannotMakeUpForAnother() {
        assertThat(new Ledger(List.of(BALANCED, SHORT, OVER)).unbalanced()).containsExactly(SHORT, OVER);
        assertThat(new Ledger(List.of(BALANCED)).unbalanced()).isEmpty();
    }

    @Test
    void aLedgerSurvivesJson() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        Ledger ledger = new Ledger(List.of(BALANCED, SHORT));
        assertThat(mapper.readValue(mapper.writeValueAsString(ledger), Ledger.class))
                .isEqualTo(ledger);
    }
}
