package dev.pushpull.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Field;
import picocli.CommandLine.Model.OptionSpec;

/** The subject of a flag. Help and {@code docs/flags.md} list flags in these groups, in this order. */
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
    HOSTS("Several hosts"),
    RESULTS("Results"),
    GENERAL("General");

    private final String title;

    FlagGroup(String title) {
        this.title = title;
    }

    /** Declares the group of a flag, or of all flags in a class. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.TYPE, ElementType.FIELD})
    @interface In {
        FlagGroup value();
    }

    String title() {
        return title;
    }

    /** The group of a flag: its own, else its class's, else that of the command. */
    static FlagGroup of(OptionSpec option) {
        if (option.usageHelp() || option.versionHelp()) {
            return GENERAL;
        }
        if (!(option.userObject() instanceof Field field)) {
            return MODES; // the modes' flags have no fields
        }
        In own = field.getAnnotation(In.class);
        In shared = own == null ? field.getDeclaringClass().getAnnotation(In.class) : own;
        return shared == null ? OWN : shared.value();
    }
}
