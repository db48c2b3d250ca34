package dev.pushpull.advice;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.Check;
import dev.pushpull.scenario.AdviceRecord.Flip;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Answers a question. */
public final class Advisor {
    private static final double EVENTS_TO_SEARCH = 6_000;

    /** A run in virtual time is no better than a closed form by less than this share: that may be chance. */
    private static final double NOISE = 0.02;

    private final Question question;
    private final Flips.Patience patience;

    public Advisor(Question question) {
        this(question, Flips.Patience.LIMITED);
    }

    /** @param patience how far to look for the values at which the answer changes */
    public Advisor(Question question, Flips.Patience patience) {
        this.question = question;
        this.patience = patience;
    }

    /**
     * An answer.
     *
     * @param candidates every mode, the best first
     * @param relaxations where none is feasible, what would have to give
     */
    public record Advice(List<Candidate> candidates, List<Flip> flips, List<Check> checks, List<String> relaxations) {}

    /** The whole answer. */
    public Advice advice() {
        List<ModeAdvice> ranked = ranked();
        List<Candidate> candidates = candidates(ranked);
        boolean any = ranked.get(0).feasible();
        return new Advice(
                candidates,
                Flips.around(question, ranked, patience),
                new Checks(question)
                        .of(ranked.stream()
                                .filter(ModeAdvice::feasible)
                                .limit(2)
                                .toList()),
                any ? List.of() : relaxations(ranked));
    }

    /** The candidates alone. */
    public List<Candidate> candidates() {
        return candidates(ranked());
    }

    private List<Candidate> candidates(List<ModeAdvice> ranked) {
        List<Candidate> candidates = new ArrayList<>();
        for (ModeAdvice advice : ranked) {
            candidates.add(advice.candidate(candidates.size() + 1, question));
        }
        return candidates;
    }

    private List<ModeAdvice> ranked() {
        return question.modes().parallelStream()
                .map(this::advised)
                .sorted(order(question))
                .toList();
    }

    static Comparator<ModeAdvice> order(Question question) {
        return Comparator.comparing((ModeAdvice advice) -> !advice.feasible())
                .thenComparing((one, other) -> one.feasible() ? better(question, one, other) : 0)
                .thenComparingDouble(ModeAdvice::relaxed)
                .thenComparing(advice -> advice.mode().name());
    }

    private static int better(Question question, ModeAdvice one, ModeAdvice other) {
        int by = Search.compare(one.goal(question), other.goal(question));
        for (String column : Search.THEN) {
            by = by != 0 ? by : Search.compare(value(one, column), value(other, column));
        }
        return by;
    }

    private static double value(ModeAdvice advice, String column) {
        return advice.point().map(point -> point.figures().value(column)).orElse(Double.NaN);
    }

    private ModeAdvice advised(DeliveryMode mode) {
        return ModeAdvice.exclusion(question, mode).orElseGet(() -> judged(question, mode, Effort.FINE, true));
    }

    /** @param virtually whether to look in virtual time where closed forms do not say enough */
    static ModeAdvice judged(Question question, DeliveryMode mode, Effort effort, boolean virtually) {
        Scenario base = question.inTheLongRun();
        ClosedForms forms = new ClosedForms(question);
        Search closed = new Search(mode, question, base, scenario -> forms.of(mode, scenario), effort);
        Optional<Point> best = closed.best();
        ModeAdvice byForm = ModeAdvice.of(mode, closed, best);
        if (!virtually || best.isPresent() && !closed.anyUnknown()) {
            return byForm;
        }
        VirtualRuns runs = new VirtualRuns(question, EVENTS_TO_SEARCH);
        Search virtual =
                new Search(mode, question, question.scenario(), scenario -> runs.of(mode, scenario), Effort.COARSE);
        ModeAdvice byRun = ModeAdvice.of(mode, virtual, virtual.best());
        boolean better = !byForm.feasible() || byRun.goal(question) < (1 - NOISE) * byForm.goal(question);
        return byForm.point().isEmpty() || byRun.feasible() && better ? byRun : byForm;
    }

    /** The least of each kind first; then what no number could change. */
    private List<String> relaxations(List<ModeAdvice> ranked) {
        List<String> all = new ArrayList<>();
        ranked.stream()
                .filter(advice -> Double.isFinite(advice.relaxed()))
                .forEach(advice -> all.add(advice.relaxation()));
        for (ModeAdvice advice : ranked) {
            boolean excluded = advice.binding().startsWith(ModeAdvice.WITHOUT)
                    && ModeAdvice.exclusion(question, advice.mode()).isPresent();
            if (excluded && judged(question, advice.mode(), Effort.QUICK, true).feasible()) {
                all.add("%s: %s would meet every need"
                        .formatted(advice.binding(), advice.mode().traits().called()));
            }
        }
        return all;
    }
}
