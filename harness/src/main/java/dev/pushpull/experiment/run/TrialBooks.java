package dev.pushpull.experiment.run;

import dev.pushpull.delivery.ConsumerBooks;
import dev.pushpull.measure.Recording;
import dev.pushpull.provider.ProviderBooks;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What both sides of a trial have counted, for the audit.
 *
 * @param occurred events
 * @param lastSequences the newest of each stream
 * @param missing what each consumer lacks of them; without those that lack nothing
 * @param failures of the databases of either side, a line each
 * @param lentCpuMillis CPU time that the thread which lets events occur has spent as the provider
 */
public record TrialBooks(
        Recording record,
        ProviderBooks provider,
        ConsumerBooks consumers,
        long occurred,
        Map<Integer, Long> lastSequences,
        Map<Integer, List<Long>> missing,
        List<String> failures,
        double lentCpuMillis) {
    /** Of two sides that may share a database. */
    public static List<String> both(List<String> provider, List<String> consumers) {
        return Stream.concat(provider.stream(), consumers.stream()).distinct().toList();
    }
}
