package dev.pushpull.advice;

import dev.pushpull.delivery.Choice;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The settings to begin with, and the steps from some to others. A setting is a list of values, one a choice. */
final class SettingsGrid {
    /** Settings that are nearer by so much of a step of the grid are taken for the same start. */
    private static final double BESIDE = 0.5;

    /** Below this step a list's values keep their order: only ranges are moved. */
    private static final double ONLY_RANGES = 1.1;

    /** So many values of a range are tried at least. */
    private static final int LEAST = 6;

    private final List<Choice> choices;
    private final int count;

    SettingsGrid(List<Choice> choices, Effort effort) {
        this.choices = choices;
        double listed = choices.stream()
                .filter(choice -> !choice.range())
                .mapToInt(choice -> choice.values().size())
                .asDoubleStream()
                .reduce(1, (one, other) -> one * other);
        int alone = effort.perRange(ranges());
        this.count = Math.min(alone, Math.max(LEAST, (int) Math.round(alone / Math.sqrt(listed))));
    }

    /** How many choices are ranges. */
    int ranges() {
        return (int) choices.stream().filter(Choice::range).count();
    }

    /** All of them. */
    List<List<Long>> values() {
        List<List<Long>> all = List.of(List.of());
        for (Choice choice : choices) {
            List<List<Long>> longer = new ArrayList<>();
            for (List<Long> begun : all) {
                for (long value : values(choice)) {
                    List<Long> next = new ArrayList<>(begun);
                    next.add(value);
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }

    private List<Long> values(Choice choice) {
        if (!choice.range()) {
            return choice.values();
        }
        double least = choice.values().get(0);
        double most = choice.values().get(1);
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(Math.round(least * Math.pow(most / least, (double) i / (count - 1))));
        }
        return values.stream().distinct().toList();
    }

    /** The largest factor between two neighbours. */
    double step() {
        double most = 1;
        for (Choice choice : choices) {
            if (choice.range()) {
                double whole = (double) choice.values().get(1) / choice.values().get(0);
                most = Math.max(most, Math.pow(whole, 1.0 / (count - 1)));
            }
        }
        return most;
    }

    /** Whether steps from one setting can lead to the other. */
    boolean beside(List<Long> one, List<Long> other) {
        double apart = Math.pow(step(), BESIDE);
        for (int i = 0; i < choices.size(); i++) {
            double ratio = (double) one.get(i) / other.get(i);
            if (choices.get(i).range() && (ratio > apart || ratio * apart < 1)) {
                return false;
            }
        }
        return true;
    }

    /** One step from a setting in all directions. */
    List<List<Long>> around(List<Long> values, double step) {
        Set<List<Long>> all = new LinkedHashSet<>();
        int directions = (int) Math.pow(3, choices.size());
        for (int direction = 0; direction < directions; direction++) {
            all.add(moved(values, direction, step));
        }
        all.remove(values);
        return List.copyOf(all);
    }

    private List<Long> moved(List<Long> values, int direction, double step) {
        List<Long> moved = new ArrayList<>();
        int rest = direction;
        for (int i = 0; i < values.size(); i++) {
            int sign = rest % 3 - 1;
            rest /= 3;
            Choice choice = choices.get(i);
            boolean stays = !choice.range() && step < ONLY_RANGES && ranges() > 0;
            moved.add(stays ? values.get(i) : moved(choice, values.get(i), sign, step));
        }
        return moved;
    }

    private static long moved(Choice choice, long value, int sign, double step) {
        List<Long> all = choice.values();
        if (choice.range()) {
            long to = Math.round(value * Math.pow(step, sign));
            return Math.max(all.get(0), Math.min(all.get(1), to));
        }
        int place = all.indexOf(value) + sign;
        return all.get(Math.max(0, Math.min(all.size() - 1, place)));
    }
}
