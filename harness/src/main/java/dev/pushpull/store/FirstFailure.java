package dev.pushpull.store;

import java.util.List;
import java.util.function.Consumer;

/** Remembers how a database began to fail, so that it can be reported later. Any thread may call any method. */
public final class FirstFailure implements Consumer<String> {
    private String said = "";

    /** Takes a database's message; of several failures the first is the cause. */
    @Override
    public synchronized void accept(String line) {
        if (said.isEmpty()) {
            said = line.endsWith(GroupCommit.AGAIN)
                    ? line.substring(0, line.length() - GroupCommit.AGAIN.length())
                    : line;
        }
    }

    /** {@code the database inbox.db failed: ...}, or nothing. */
    public synchronized List<String> lines() {
        return said.isEmpty() ? List.of() : List.of(said);
    }
}
