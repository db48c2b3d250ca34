/**
 * The outputs of tested claims: each with its verdict, figures and evidence. May use {@code shared} and {@code
 * scenario}. Never judges: the verdicts come with the record.
 */
package dev.pushpull.report.claims;
