package dev.pushpull.virtual;

import dev.pushpull.scenario.Held;
import dev.pushpull.scenario.Kind;
import dev.pushpull.surface.ExchangeSizes.Frames;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The exchanges of one kind in virtual time. For one thread at a time. */
public final class KindTally {
    final Kind kind;
    long made;
    long reached;
    long cutOff;
    long unanswered;
    long filled;
    long carried;
    long opened;
    long again;
    long beats;
    double heldSeconds;

    KindTally(Kind kind) {
        this.kind = kind;
    }

    /** This many are made and answered. */
    public void made(long more) {
        made += more;
        reached += more;
    }

    /** This many of those made are cut off before they are answered: their answers cost no bytes. */
    public void cutOff(long more) {
        cutOff += more;
    }

    /** One is made and nobody answers: it costs no bytes. */
    public void foundNobody() {
        made++;
    }

    /** This many of those made are over before they are answered: their answers cost no bytes. */
    void unanswered(long more) {
        unanswered += more;
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

    /** This many of those made follow on one that had ended. */
    public void again(long more) {
        again += more;
    }

    /** This many that last begin, each over a connection of its own; so many of them follow on one that had ended. */
    public void began(long more, long again) {
        made(more);
        filled(more);
        opened(more);
        again(again);
    }

    /** This many heartbeats pass over those that last. */
    public void beats(long more) {
        beats += more;
    }

    /** One that lasts was open for so long. */
    public void held(double seconds) {
        heldSeconds += seconds;
    }

    public long beats() {
        return beats;
    }

    public double heldSeconds() {
        return heldSeconds;
    }

    /** Those that last and what passes over them; an opening, an event, a heartbeat and an answer is a frame each. */
    Held held(Frames sizes) {
        long answers = (sizes.eventAnswer() > 0 ? carried : 0) + (sizes.heartbeatAnswer() > 0 ? beats : 0);
        return kind.lasts() ? new Held(made, again, reached + carried + beats + answers, heldSeconds) : Held.NONE;
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
        cutOff = 0;
        unanswered = 0;
        filled = 0;
        carried = 0;
        opened = 0;
        again = 0;
        beats = 0;
        heldSeconds = 0;
    }

    void write(DataOutput out) throws IOException {
        for (long count : new long[] {made, reached, cutOff, unanswered, filled, carried, opened, again, beats}) {
            out.writeLong(count);
        }
        out.writeDouble(heldSeconds);
    }

    /** Takes the counts that were written. */
    void read(DataInput in) throws IOException {
        made = in.readLong();
        reached = in.readLong();
        cutOff = in.readLong();
        unanswered = in.readLong();
        filled = in.readLong();
        carried = in.readLong();
        opened = in.readLong();
        again = in.readLong();
        beats = in.readLong();
        heldSeconds = in.readDouble();
    }

    void add(KindTally other) {
        made += other.made;
        reached += other.reached;
        cutOff += other.cutOff;
        unanswered += other.unanswered;
        filled += other.filled;
        carried += other.carried;
        opened += other.opened;
        again += other.again;
        beats += other.beats;
        heldSeconds += other.heldSeconds;
    }
}
