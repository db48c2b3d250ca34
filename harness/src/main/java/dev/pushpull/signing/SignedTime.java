package dev.pushpull.signing;

import dev.pushpull.signing.SignatureScheme.Verdict;
import java.util.Optional;

/** Whether a signed message is recent. */
final class SignedTime {
    private SignedTime() {}

    /** What is wrong with a timestamp, which may be {@code tolerance} before or after now; empty when nothing is. */
    static Optional<Verdict> refusal(String timestamp, long nowSeconds, long toleranceSeconds) {
        Optional<Verdict> past = tooOld(timestamp, nowSeconds, toleranceSeconds);
        return past.isEmpty() && Long.parseLong(timestamp) > nowSeconds + toleranceSeconds
                ? Optional.of(Verdict.TOO_NEW)
                : past;
    }

    /** The same for a timestamp that may be in the future. */
    static Optional<Verdict> tooOld(String timestamp, long nowSeconds, long toleranceSeconds) {
        try {
            return Long.parseLong(timestamp) < nowSeconds - toleranceSeconds
                    ? Optional.of(Verdict.TOO_OLD)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.of(Verdict.TIMESTAMP_MALFORMED);
        }
    }
}
