package dev.pushpull.report.run;

/**
 * What a formula comes to that stands in the page with its numbers: {@code e^(−0.5)}, {@code 20 × 1 / 0.5 s × 2,592,000
 * s}. Units do not count, and a power binds more tightly than a sign.
 */
final class WrittenFormula {
    private final String text;
    private int at;

    private WrittenFormula(String text) {
        this.text = text;
    }

    static double value(String written) {
        WrittenFormula formula = new WrittenFormula(written.replace(",", "")
                .replaceAll("(?<=\\d) [sB](?![a-z])", "")
                .replace(" ", ""));
        double value = formula.sum();
        if (formula.at < formula.text.length()) {
            throw new IllegalArgumentException("unread in " + written + ": " + formula.text.substring(formula.at));
        }
        return value;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (takes('+')) {
                value += product();
            } else if (takes('−')) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = power();
        while (true) {
            if (takes('×')) {
                value *= power();
            } else if (takes('/')) {
                value /= power();
            } else {
                return value;
            }
        }
    }

    private double power() {
        if (takes('−')) {
            return -power();
        }
        double base = atom();
        return takes('^') ? Math.pow(base, power()) : base;
    }

    private double atom() {
        if (takes('(')) {
            double value = sum();
            if (!takes(')')) {
                throw new IllegalArgumentException("a bracket that is never closed in " + text);
            }
            return value;
        }
        if (takes('e')) {
            return Math.E;
        }
        int from = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        return Double.parseDouble(text.substring(from, at));
    }

    private boolean takes(char sign) {
        boolean there = at < text.length() && text.charAt(at) == sign;
        at += there ? 1 : 0;
        return there;
    }
}
