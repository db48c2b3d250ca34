package dev.pushpull.cli;

import dev.pushpull.signing.SignatureScheme;
import dev.pushpull.signing.SignatureSchemes;

/** The values of {@code --scheme}. */
final class SchemeFlag {
    private SchemeFlag() {}

    /** The values for a receiver, which may also accept unsigned webhooks. */
    static SignatureScheme namedOrNone(String name) {
        return name.equals(SignatureSchemes.NONE.name()) ? SignatureSchemes.NONE : named(name);
    }

    /** @throws dev.pushpull.scenario.InvalidInputException with the nearest known name, when there is no such scheme */
    static SignatureScheme named(String name) {
        return SignatureSchemes.named(name)
                .orElseThrow(() -> Names.unknown("signature scheme", name, SignatureSchemes.names()));
    }
}
