package dev.pushpull.virtual;

import dev.pushpull.scenario.Kind;

/** The exchanges of one kind in virtual time. For one thread at a time. */
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

    /** This many are made and answered. */
    public void made(long more) {
        made += more;
        reached += more;
    }

    /** One is made and nobody answers: it costs no bytes. */
    public void foundNobody() {
        made++;
    }

    /** This many of those made bring something. */
    public void filled(long more) {
        filled += more;
    }

    /** Answers carry this many events, new or not. */
    public void carried(long more) {
        carried += more;
    }

    /** This many need a new connection. */
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

    /** Moves these counts to another tally. */
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
