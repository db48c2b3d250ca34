package dev.pushpull.report.advice;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.AdviceRecord.ProviderSide;
import java.util.ArrayList;
import java.util.List;

/** What each way of delivery takes the provider, in sentences. */
final class ProviderWords {
    private final AdviceRecord record;

    ProviderWords(AdviceRecord record) {
        this.record = record;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ProviderSide side : record.provider()) {
            List<String> parts = new ArrayList<>();
            side.figures().forEach((what, value) -> parts.add(what + " " + Decimals.significant(value)));
            lines.add("%s (%s): %s%s"
                    .formatted(
                            side.mode(),
                            side.answer(),
                            String.join(", ", parts),
                            side.machines().isEmpty() ? "" : "; " + side.machines()));
        }
        return lines;
    }
}
