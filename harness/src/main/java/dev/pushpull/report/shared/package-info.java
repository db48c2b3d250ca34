/**
 * What the outputs of several products are made of: figures and how they read, what holds for modes whatever is said of
 * them, and the forms of CSV, JSON, Markdown, pages and terminal lines. May use the values of {@code scenario} and
 * {@code schedule}. Never knows a product, and never weighs modes.
 */
package dev.pushpull.report.shared;
