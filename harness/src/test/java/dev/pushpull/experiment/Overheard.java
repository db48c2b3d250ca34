package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.Live;
import dev.pushpull.delivery.LiveConsumers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

/** Learns the ports of a mode's last trial; the trials before it are its warm-up. */
final class Overheard {
    private final DeliveryMode mode;
    private final AtomicReference<Ports> ports = new AtomicReference<>();

    /** @param receiver 0 for consumers that take no webhooks */
    record Ports(int provider, int receiver) {}

    Overheard(DeliveryMode mode) {
        this.mode = mode;
    }

    /** The mode itself for everything else. */
    DeliveryMode mode() {
        return overheard(
                DeliveryMode.class,
                mode,
                (method, arguments, live) -> method.equals("live")
                        ? overheard(Live.class, (Live) live, (connect, given, result) -> {
                            if (connect.equals("connect")) {
                                ports.set(ports((URI) given[0], (LiveConsumers) result));
                            }
                            return result;
                        })
                        : live);
    }

    /** Sees a method's result, and decides what to return. */
    private interface Ear {
        Object heard(String method, Object[] arguments, Object result);
    }

    private static <T> T overheard(Class<T> type, T speaker, Ear ear) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        return ear.heard(method.getName(), arguments, method.invoke(speaker, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private static Ports ports(URI provider, LiveConsumers consumers) {
        int receiver = consumers.books().endpoints().keySet().stream()
                .mapToInt(url -> URI.create(url).getPort())
                .distinct()
                .reduce(0, Math::addExact); // there is at most one
        return new Ports(provider.getPort(), receiver);
    }

    Ports ports() {
        return ports.get();
    }
}
