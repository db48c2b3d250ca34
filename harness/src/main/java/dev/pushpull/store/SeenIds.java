package dev.pushpull.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The newest delivery ids a receiver has accepted. Their bytes stand one after the other in one array, found by a table of
 * numbers: a hundred thousand strings in a map would be copied by every collection of a busy receiver, which takes as long
 * as its slowest per cent of webhooks may.
 */
final class SeenIds {
    private static final int BYTES_EXPECTED = 32;
    private static final int NOTHING = -1;

    private final int most;

    /** So that nobody can choose ids that all fall to one place. */
    private final int seed = ThreadLocalRandom.current().nextInt();

    /** By hash: the place of an id in the arrays below, which are rings, or {@link #NOTHING}. */
    private final int[] table;

    private final int[] hashes;
    private final int[] starts;
    private final int[] lengths;

    /** A ring as well. */
    private byte[] bytes;

    private int usedBytes;
    private int eldest;
    private int count;

    /** @param most how many are remembered */
    SeenIds(int most) {
        this.most = most;
        this.table = new int[Integer.highestOneBit(2 * most) << 1];
        this.hashes = new int[most];
        this.starts = new int[most];
        this.lengths = new int[most];
        this.bytes = new byte[most * BYTES_EXPECTED];
        Arrays.fill(table, NOTHING);
    }

    boolean contains(String id) {
        byte[] wanted = id.getBytes(StandardCharsets.UTF_8);
        return table[slot(wanted, hash(wanted))] != NOTHING;
    }

    /** Remembers it, if it is not known, and forgets the eldest where there are too many. */
    void add(String id) {
        byte[] added = id.getBytes(StandardCharsets.UTF_8);
        int hash = hash(added);
        if (table[slot(added, hash)] != NOTHING) {
            return;
        }
        if (count == most) {
            forgetEldest();
        }
        while (bytes.length - usedBytes < added.length) {
            grow();
        }
        int place = (eldest + count) % most;
        starts[place] = count == 0 ? 0 : (int) ((starts[last()] + (long) lengths[last()]) % bytes.length);
        lengths[place] = added.length;
        hashes[place] = hash;
        for (int i = 0; i < added.length; i++) {
            bytes[(int) ((starts[place] + (long) i) % bytes.length)] = added[i];
        }
        usedBytes += added.length;
        count++;
        table[slot(added, hash)] = place;
    }

    private int last() {
        return (eldest + count - 1) % most;
    }

    private int hash(byte[] id) {
        int hash = seed;
        for (byte one : id) {
            hash = 31 * hash + one;
        }
        hash *= 0x9E3779B9; // neighbours of one series stand apart
        return hash ^ hash >>> 15;
    }

    /** Where it stands in the table, or where it would. */
    private int slot(byte[] id, int hash) {
        int slot = hash & table.length - 1;
        while (table[slot] != NOTHING && !isAt(table[slot], id, hash)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean isAt(int place, byte[] id, int hash) {
        if (hashes[place] != hash || lengths[place] != id.length) {
            return false;
        }
        for (int i = 0; i < id.length; i++) {
            if (bytes[(int) ((starts[place] + (long) i) % bytes.length)] != id[i]) {
                return false;
            }
        }
        return true;
    }

    private void forgetEldest() {
        int slot = hashes[eldest] & table.length - 1;
        while (table[slot] != eldest) {
            slot = slot + 1 & table.length - 1;
        }
        close(slot);
        usedBytes -= lengths[eldest];
        eldest = (eldest + 1) % most;
        count--;
    }

    /** Empties a slot, and moves up what had to stand behind it. */
    private void close(int emptied) {
        int empty = emptied;
        int slot = empty + 1 & table.length - 1;
        while (table[slot] != NOTHING) {
            int wished = hashes[table[slot]] & table.length - 1;
            boolean mayMove = (slot - wished & table.length - 1) >= (slot - empty & table.length - 1);
            if (mayMove) {
                table[empty] = table[slot];
                empty = slot;
            }
            slot = slot + 1 & table.length - 1;
        }
        table[empty] = NOTHING;
    }

    /** Ids are longer than expected. */
    private void grow() {
        byte[] larger = new byte[Math.multiplyExact(2, Math.max(BYTES_EXPECTED, bytes.length))];
        int to = 0;
        for (int number = 0; number < count; number++) {
            int place = (eldest + number) % most;
            for (int i = 0; i < lengths[place]; i++) {
                larger[to + i] = bytes[(int) ((starts[place] + (long) i) % bytes.length)];
            }
            starts[place] = to;
            to += lengths[place];
        }
        bytes = larger;
    }
}
