package dev.pushpull.delivery;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Remembers a few values that take long to compute, by what they follow from. Thread-safe. */
final class Lately<K, V> {
    private final Map<K, V> values;

    /** @param most how many values are remembered */
    Lately(int most) {
        values = new LinkedHashMap<>(most, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    V of(K key, Supplier<V> computed) {
        synchronized (values) {
            V known = values.get(key);
            if (known != null) {
                return known;
            }
        }
        V value = computed.get();
        synchronized (values) {
            values.put(key, value);
        }
        return value;
    }
}
