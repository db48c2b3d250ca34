package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;

/** Double entry: what both sides can count is counted by both and has to balance. */
public record Ledger(List<Account> accounts) {
    /**
     * One thing counted twice.
     *
     * @param what what is counted
     * @param debit one side's items: what was sent, say
     * @param credit the other side's items, each with its reason; their sums are equal or the run is invalid
     */
    public record Account(String what, Map<String, Long> debit, Map<String, Long> credit) {
        /** Debit minus credit; 0 when the account balances. */
        @JsonIgnore
        public long difference() {
            return sum(debit) - sum(credit);
        }

        private static long sum(Map<String, Long> items) {
            return items.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Accounts that do not balance. */
    @JsonIgnore
    public List<Account> unbalanced() {
        return accounts.stream().filter(account -> account.difference() != 0).toList();
    }
}
