package dev.pushpull.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The bounds of a flag's value: of a number, a size in bytes or a duration in nanoseconds. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Within {
    long least();

    long most() default Long.MAX_VALUE;
}
