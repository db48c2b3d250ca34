/**
 * The contract of a delivery mode, and what modes share: their books, their client of the provider, their closed
 * forms. Each mode has a package of its own with its live consumer, its virtual form and its closed form, and is found
 * by {@code ServiceLoader}. A consumer knows its provider by address alone.
 */
package dev.pushpull.delivery;
