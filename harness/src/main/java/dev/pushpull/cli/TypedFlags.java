package dev.pushpull.cli;

import dev.pushpull.experiment.capacity.CapacityPath;
import dev.pushpull.load.LoadDriver;
import dev.pushpull.scenario.Claim;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Slo;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.signing.SignatureScheme;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Reads the text given for a flag as the type of the flag's field, within the bounds that its {@link Within} declares. All
 * refusals have the same form and call the flag by its first name.
 */
final class TypedFlags {
    private TypedFlags() {}

    /** Makes a command read each of its flags by its type. */
    static CommandSpec bind(CommandSpec spec) {
        for (OptionSpec option : List.copyOf(spec.options())) { // each is added again, so that their order stays
            spec.remove(option);
            spec.addOption(
                    known(type(option))
                            ? OptionSpec.builder(option)
                                    .converters(text -> read(option, option.names()[0], text))
                                    .build()
                            : option);
        }
        return spec;
    }

    /**
     * The value of a text.
     *
     * @param what the name of the flag in a refusal
     * @throws dev.pushpull.scenario.InvalidInputException when the flag does not take it
     */
    static Object read(OptionSpec option, String what, String text) {
        Class<?> type = type(option);
        if (!known(type)) {
            return text;
        }
        Within within = option.userObject() instanceof Field field ? field.getAnnotation(Within.class) : null;
        if (type == Duration.class) {
            return duration(within, what, text);
        }
        if (type == int.class || type == Integer.class) {
            return Quantity.count(what, text, (int) within.least(), (int) within.most());
        }
        if (type == long.class || type == Long.class) {
            return Quantity.number(what, text, within == null ? Long.MIN_VALUE : within.least(), most(within));
        }
        if (type == double.class || type == Double.class) {
            return within == null ? Quantity.positive(what, text) : Quantity.fraction(what, text);
        }
        if (type == Size.class) {
            return new Size(Quantity.bytes(what, text, (int) within.least(), (int) within.most()));
        }
        if (type == Rate.class) {
            return Rate.read(what, text);
        }
        if (type == KeepFlag.class) {
            return KeepFlag.read(what, text);
        }
        if (type == RetrySchedule.class) {
            return WebhookFlags.retries(what, text);
        }
        if (type == DisablingRule.class) {
            return WebhookFlags.disablingRule(what, text);
        }
        if (type == StoreAddress.class) {
            return WebhookFlags.store(what, text);
        }
        if (type == SignatureScheme.class) {
            return SchemeFlag.named(text);
        }
        if (type == Sum.class) {
            return Sum.read(what, text);
        }
        if (type == RequestPrice.class) {
            return RequestPrice.read(what, text);
        }
        if (type == FixedSum.class) {
            return FixedSum.read(what, text);
        }
        if (type == Slo.class) {
            return Slo.parse(what, text);
        }
        if (type == LoadDriver.Kind.class) {
            return LoadDriver.Kind.named(text).orElseThrow(() -> Names.unknown("driver", text, LoadDriver.Kind.ids()));
        }
        if (type == CapacityPath.class) {
            return CapacityPath.named(text).orElseThrow(() -> Names.unknown("path", text, CapacityPath.ids()));
        }
        if (type == Claim.class) {
            return Claim.named(text).orElseThrow(() -> Names.unknown("claim", text, Claim.ids()));
        }
        return choice(type, option.paramLabel().toLowerCase(Locale.ROOT) + " of " + what, text);
    }

    /** The text given for a flag, on the command line or by a preset. */
    static Optional<String> given(CommandSpec spec, String flag) {
        OptionSpec option = spec.findOption(flag);
        if (!option.stringValues().isEmpty()) {
            return Optional.of(option.stringValues().get(0));
        }
        IDefaultValueProvider preset = spec.commandLine().getDefaultValueProvider();
        return preset instanceof PresetDefaults values
                ? Optional.ofNullable(values.defaultValue(option))
                : Optional.empty();
    }

    private static Duration duration(Within within, String what, String text) {
        if (within == null) {
            return Duration.ofNanos(Quantity.durationNanos(what, text));
        }
        long nanos = Quantity.durationOrZeroNanos(what, text);
        if (nanos < within.least() || nanos > within.most()) {
            throw Quantity.wrong(
                    what,
                    text,
                    "a duration from " + Quantity.duration(within.least()) + " to " + Quantity.duration(within.most()));
        }
        return Duration.ofNanos(nanos);
    }

    private static Object choice(Class<?> type, String what, String text) {
        Object[] choices = type.getEnumConstants();
        List<String> names = Arrays.stream(choices)
                .map(choice -> choice.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
        int index = names.indexOf(text);
        if (index < 0) {
            throw Names.unknown(what, text, names);
        }
        return choices[index];
    }

    private static long most(Within within) {
        return within == null ? Long.MAX_VALUE : within.most();
    }

    private static Class<?> type(OptionSpec option) {
        return option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
    }

    /** Whether it is one of ours rather than picocli's. */
    private static boolean known(Class<?> type) {
        return type.isEnum()
                || type.isPrimitive() && type != boolean.class
                || Number.class.isAssignableFrom(type)
                || type == Duration.class
                || type.getName().startsWith("dev.pushpull.");
    }
}
