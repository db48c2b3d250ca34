package dev.pushpull.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import picocli.CommandLine.Model.OptionSpec;

/** What a flag is about: help and {@code docs/flags.md} list flags in these groups, in this order. */
enum FlagGroup {
    OWN("This command"),
    RUN("The run"),
    EVENTS("Events"),
    POLLING("Polling"),
    MODES("Mode options"),
    WEBHOOKS("Webhooks"),
    NETWORK("Network"),
    FAULTS("Faults"),
    LEGS("Travel times"),
    RESULTS("Results"),
    GENERAL("General");

    private final String title;

    FlagGroup(String title) {
        this.title = title;
    }

    /** Says to which group a flag belongs, or all flags that a class declares. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.FIELD})
    @interface In {
        FlagGroup value();
    }

    String title() {
        return title;
    }

    /** The group of a flag: its own, or its class's, or else the command's own. */
    static FlagGroup of(OptionSpec option) {
        if (option.usageHelp() || option.versionHelp()) {
            return GENERAL;
        }
        if (!(option.userObject() instanceof Field field)) {
            return MODES; // the modes declare their flags without fields
        }
        In own = field.getAnnotation(In.class);
        In shared = own == null ? field.getDeclaringClass().getAnnotation(In.class) : own;
        return shared == null ? OWN : shared.value();
    }
}
