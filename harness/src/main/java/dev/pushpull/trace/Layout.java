package dev.pushpull.trace;

import java.io.IOException;
import java.io.Reader;

/** Where in a text the times stand. */
sealed interface Layout permits LineTimes, ColumnTimes, FieldTimes {
    /** Reads all times of the text, from its start. */
    TraceTimes read(Reader text) throws IOException;
}
