/**
 * The outputs of a foreign system that was polled and sent webhooks at the same time: its pairs as they are decided, the
 * finding in a sentence, and the page. May use {@code shared} and {@code scenario}. Never pairs anything itself.
 */
package dev.pushpull.report.observe;
