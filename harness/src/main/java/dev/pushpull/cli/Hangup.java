package dev.pushpull.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether somebody sent a SIGHUP, which asks for the results so far. Java has no official way to be told of a signal; the
 * one that every JDK has ({@code sun.misc.Signal}, in the module {@code jdk.unsupported}) is reached by its name, so that
 * a JDK without it lacks nothing else.
 */
final class Hangup {
    private static final String NAME = "HUP";

    private final AtomicBoolean asked = new AtomicBoolean();

    private Hangup() {}

    /** From now on, a SIGHUP does not end the program. */
    static Hangup watched() {
        Hangup hangup = new Hangup();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invoked = (proxy, method, arguments) -> switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                case "toString" -> NAME;
                default -> {
                    hangup.asked.set(true);
                    yield null;
                }
            };
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invoked);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(NAME), ours);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return hangup; // this JDK or this system has no such signal
        }
        return hangup;
    }

    /** Whether one came since this was last asked. */
    boolean came() {
        return asked.getAndSet(false);
    }
}
