package dev.pushpull.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares that a flag's value is secret, or contains a secret: it is sent where it belongs and shown nowhere. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Secret {
    /** Which part of the value is secret. */
    SecretKind value();
}
