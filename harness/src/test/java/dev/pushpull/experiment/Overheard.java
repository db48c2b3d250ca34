package dev.pushpull.experiment;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.LiveConsumers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

/** Learns at which ports a mode's last trial took place: those before it are its warm-up. */
final class Overheard {
    private final DeliveryMode mode;
    private final AtomicReference<Ports> ports = new AtomicReference<>();

    /** @param receiver 0 for consumers that take no webhooks */
    record Ports(int provider, int receiver) {}

    Overheard(DeliveryMode mode) {
        this.mode = mode;
    }

    /** The mode itself in all it does. */
    DeliveryMode mode() {
        return (DeliveryMode) Proxy.newProxyInstance(
                DeliveryMode.class.getClassLoader(),
                new Class<?>[] {DeliveryMode.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(mode, arguments);
                        if (method.getName().equals("connect")) {
                            ports.set(ports((URI) arguments[0], (LiveConsumers) result));
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Ports ports(URI provider, LiveConsumers consumers) {
        int receiver = consumers.books().endpoints().keySet().stream()
                .mapToInt(url -> URI.create(url).getPort())
                .distinct()
                .reduce(0, Math::addExact); // there is one at most
        return new Ports(provider.getPort(), receiver);
    }

    Ports ports() {
        return ports.get();
    }
}
