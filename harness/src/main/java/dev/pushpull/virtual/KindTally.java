package dev.pushpull.virtual;

import dev.pushpull.scenario.Kind;

/** The exchanges of one kind in virtual time. One thread at a time. */
public final class KindTally {
    final Kind kind;
    long made;
    long reached;
    long filled;
    long carried;
    long opened;

    KindTally(Kind kind) {
        this.kind = kind;
    }

    /** So many are made and answered. */
    public void made(long more) {
        made += more;
        reached += more;
    }

    /** One is made and finds nobody: it costs no bytes. */
    public void foundNobody() {
        made++;
    }

    /** So many of those made bring something. */
    public void filled(long more) {
        filled += more;
    }

    /** Answers carry so many events, new or not. */
    public void carried(long more) {
        carried += more;
    }

    /** So many need a new connection. */
    public void opened(long more) {
        opened += more;
    }

    public long made() {
        return made;
    }

    public long filled() {
        return filled;
    }

    public long carried() {
        return carried;
    }

    /** Moves what was counted here to another. */
    void moveTo(KindTally total) {
        total.add(this);
        made = 0;
        reached = 0;
        filled = 0;
        carried = 0;
        opened = 0;
    }

    void add(KindTally other) {
        made += other.made;
        reached += other.reached;
        filled += other.filled;
        carried += other.carried;
        opened += other.opened;
    }
}
