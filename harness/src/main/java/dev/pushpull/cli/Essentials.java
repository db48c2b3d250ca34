package dev.pushpull.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The few flags of a command that its {@code --help} describes; a command without this describes all of them there. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Essentials {
    String[] value();
}
