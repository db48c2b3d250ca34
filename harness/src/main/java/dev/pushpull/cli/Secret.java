package dev.pushpull.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares that what a flag takes is a secret, or has one in it: it is sent where it belongs and shown nowhere. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Secret {
    /** What of it is secret. */
    SecretKind value();
}
