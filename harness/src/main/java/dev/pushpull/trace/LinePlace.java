package dev.pushpull.trace;

/** Where on a line a time stands. */
sealed interface LinePlace {
    /** What may stand right before a time; the priority of syslog's line stands in angle brackets. */
    String OPENS = "[(\"'<>=";

    /** Reads the time of a line with this form; the scan is on the line without blanks around it. */
    boolean read(Scan scan, TimeForm form);

    /** For the sentence about what was decided. */
    String words(TraceForm kind);

    /** The line is a time and nothing else. */
    record Whole() implements LinePlace {
        @Override
        public boolean read(Scan scan, TimeForm form) {
            return form.read(scan) && scan.isAtEnd();
        }

        @Override
        public String words(TraceForm kind) {
            return "one a line";
        }
    }

    /** In the first brackets with a time, as web servers write their access logs. */
    record Bracketed() implements LinePlace {
        @Override
        public boolean read(Scan scan, TimeForm form) {
            for (int i = scan.at; i < scan.end; i++) {
                if (scan.text[i] == '[') {
                    scan.at = i + 1;
                    if (form.read(scan) && isEnd(scan)) {
                        return true;
                    }
                }
            }
            return false;
        }

        @Override
        public String words(TraceForm kind) {
            return "times in brackets";
        }
    }

    /** At the word of this number, from 0. */
    record Word(int number) implements LinePlace {
        @Override
        public boolean read(Scan scan, TimeForm form) {
            for (int skipped = 0; skipped < number; skipped++) {
                while (!scan.isAtEnd() && !Scan.isBlank(scan.peek())) {
                    scan.at++;
                }
                scan.skipBlanks();
            }
            int to = scan.at;
            while (to < scan.end && !Scan.isBlank(scan.text[to])) {
                to++;
            }
            for (int i = scan.at; i < to; i++) {
                boolean opens = OPENS.indexOf(scan.text[i]) >= 0;
                boolean isStart = i == scan.at && !opens;
                if (isStart || opens && i + 1 < to && OPENS.indexOf(scan.text[i + 1]) < 0) {
                    int word = scan.at;
                    scan.at = isStart ? i : i + 1;
                    if (form.read(scan) && isEnd(scan)) {
                        return true;
                    }
                    scan.at = word;
                }
            }
            return false;
        }

        @Override
        public String words(TraceForm kind) {
            return number == 0 ? "the start of each line" : "word " + (number + 1) + " of each line";
        }
    }

    /** After a label at the start of a line, as {@code git log} prints dates. */
    record Labelled(String label) implements LinePlace {
        @Override
        public boolean read(Scan scan, TimeForm form) {
            if (!isHere(scan)) {
                return false;
            }
            int from = scan.at;
            scan.at += label.length();
            scan.skipBlanks();
            if (form.read(scan) && scan.isAtEnd()) {
                return true;
            }
            scan.at = from;
            return false;
        }

        boolean isHere(Scan scan) {
            if (scan.end - scan.at <= label.length()) {
                return false;
            }
            for (int i = 0; i < label.length(); i++) {
                if (scan.text[scan.at + i] != label.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String words(TraceForm kind) {
            return "git's " + label.substring(0, label.length() - 1);
        }
    }

    private static boolean isEnd(Scan scan) {
        return scan.isAtEnd() || Scan.isBlank(scan.peek()) || "])}\"',;|>:".indexOf(scan.peek()) >= 0;
    }
}
