package dev.pushpull.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Which of several columns or fields has the times of the events. */
final class Candidates {
    /** A number under such a name is none that counts time, however it looks. */
    private static final Pattern IDENTIFIER = Pattern.compile(
            "(?:.*[_\\-.\\s])?(?:id|ids|uuid|number|no|seq|sequence|offset|version)", Pattern.CASE_INSENSITIVE);

    private static final Pattern CAMEL_ID = Pattern.compile(".*[a-z0-9](?:Id|ID|Uuid)");

    private Candidates() {}

    /**
     * A column or a field with times in it.
     *
     * @param name as people call it
     * @param kind the form in which all its values are times
     * @param moments of the sample, in its order
     */
    record Candidate(String name, TraceForm kind, List<Long> moments) {
        boolean isConstant() {
            return moments.stream().distinct().count() == 1;
        }
    }

    /**
     * Those that may be the events' times; more than one is a doubt. Preferred are values that change over values that do
     * not, values in all records over values in some, and written times over numbers over mere dates.
     *
     * @param cut records of which the sample may have only the beginning
     */
    static List<Candidate> plausible(List<Candidate> all, int cut) {
        List<Candidate> left = preferring(all, candidate -> !candidate.isConstant());
        int most = left.stream()
                .max(Comparator.comparingInt(one -> one.moments().size()))
                .map(one -> one.moments().size())
                .orElse(0);
        left = preferring(left, candidate -> candidate.moments().size() >= most - cut);
        left = preferring(left, candidate -> candidate.kind() != TraceForm.DATE);
        left = preferring(left, candidate -> candidate.kind() != TraceForm.NUMBER);
        List<Candidate> different = new ArrayList<>();
        for (Candidate one : left) { // two that always agree are one
            if (different.stream().noneMatch(other -> agree(other.moments(), one.moments()))) {
                different.add(one);
            }
        }
        return different;
    }

    private static boolean agree(List<Long> one, List<Long> other) {
        int both = Math.min(one.size(), other.size());
        return one.subList(0, both).equals(other.subList(0, both));
    }

    private static List<Candidate> preferring(List<Candidate> all, Predicate<Candidate> better) {
        List<Candidate> preferred = all.stream().filter(better).toList();
        return preferred.isEmpty() ? all : preferred;
    }

    /**
     * The candidate that these values make, or none.
     *
     * @param values without the empty ones
     * @param isSure whether a person named the column, so that a time need not be of our age
     */
    static List<Candidate> of(String name, List<String> values, Forms forms, boolean takesCommas, boolean isSure) {
        List<String> taken = forms.ofThatForm(values, takesCommas);
        return forms
                .ofWhole(taken, takesCommas)
                .map(kind -> new Candidate(name, kind, moments(forms.made(kind, takesCommas), taken)))
                .filter(one -> isSure
                        || one.kind() != TraceForm.NUMBER
                        || !isIdentifier(name) && one.moments().stream().allMatch(EpochNumbers::isPlausible))
                .stream()
                .toList();
    }

    private static boolean isIdentifier(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return IDENTIFIER.matcher(last).matches() || CAMEL_ID.matcher(last).matches();
    }

    private static List<Long> moments(TimeForm form, List<String> values) {
        long[] moments = new long[values.size()];
        Scan scan = new Scan();
        for (int i = 0; i < moments.length; i++) {
            scan.on(values.get(i)).strip();
            form.read(scan);
            moments[i] = scan.nanos;
        }
        return IntStream.range(0, moments.length).mapToObj(i -> moments[i]).toList();
    }
}
