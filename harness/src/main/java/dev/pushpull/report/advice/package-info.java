/**
 * The outputs of advice: the answer in a sentence, every mode with its settings or the reason against it, where the
 * answer changes, and the page with its chart. May use {@code shared} and {@code scenario}. Never decides anything: all
 * figures and reasons come with the record, except those that the page's sliders ask for.
 */
package dev.pushpull.report.advice;
