package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What a hosting costs on either side, as it was on a date.
 *
 * @param name of the file
 * @param currency an ISO 4217 code; empty when none was named
 * @param holdsConnections whether what is priced can hold connections at all
 * @param consumer what the consumers pay, all together
 * @param provider what the provider pays
 */
public record PriceList(
        String name, String currency, boolean holdsConnections, List<Meter> consumer, List<Meter> provider) {
    /** Nothing has a price. */
    public static final PriceList NONE = new PriceList("", "", true, List.of(), List.of());

    /** Whether anything has a price. */
    @JsonIgnore
    public boolean isNamed() {
        return !consumer.isEmpty() || !provider.isEmpty();
    }
}
