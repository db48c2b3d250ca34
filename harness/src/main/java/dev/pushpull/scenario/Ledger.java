package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Double-entry books: whatever both sides can count is counted by both and must balance. */
public record Ledger(List<Account> accounts) {
    /**
     * One thing counted twice.
     *
     * @param what the thing counted
     * @param debit one side's items, for instance what was sent
     * @param credit the other side's items, each with its reason; if the sums differ, the run is invalid
     */
    public record Account(String what, Map<String, Long> debit, Map<String, Long> credit) {
        /** Debit minus credit; 0 when the account balances. */
        @JsonIgnore
        public long difference() {
            return sum(debit) - sum(credit);
        }

        /** Adds, item by item, a count of the same thing made elsewhere. */
        Account plus(Account other) {
            return new Account(what, sum(debit, other.debit), sum(credit, other.credit));
        }

        private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
            Map<String, Long> sums = new LinkedHashMap<>(one);
            other.forEach((item, count) -> sums.merge(item, count, Long::sum));
            return sums;
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
