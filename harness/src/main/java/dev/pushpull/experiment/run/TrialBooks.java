package dev.pushpull.experiment.run;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.measure.Recording;
import dev.pushpull.provider.ProviderBooks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What both sides of a trial counted, for the audit.
 *
 * @param occurred number of events
 * @param lastSequences the newest sequence of each stream
 * @param missing the events each consumer lacks; consumers that lack nothing are left out
 * @param failures of either side's databases, a line each
 * @param lentCpuMillis CPU time that the event pump's thread spent as the provider
 * @param far what parts on other hosts add
 */
public record TrialBooks(
        Recording record,
        ProviderBooks provider,
        ConsumerBooks consumers,
        long occurred,
        Map<Integer, Long> lastSequences,
        Map<Integer, List<Long>> missing,
        List<String> failures,
        double lentCpuMillis,
        FarBooks far) {
    /** On one host. */
    public TrialBooks(
            Recording record,
            ProviderBooks provider,
            ConsumerBooks consumers,
            long occurred,
            Map<Integer, Long> lastSequences,
            Map<Integer, List<Long>> missing,
            List<String> failures,
            double lentCpuMillis) {
        this(record, provider, consumers, occurred, lastSequences, missing, failures, lentCpuMillis, FarBooks.NONE);
    }

    /** The books of two sides that may share a database. */
    public static List<String> both(List<String> provider, List<String> consumers) {
        return Stream.concat(provider.stream(), consumers.stream()).distinct().toList();
    }
}
