/**
 * Thin webhooks: the signed webhook says only that there is something new, and the consumer reads it. A consumer makes
 * one read at a time, and a webhook about what it holds, or about to be read, starts none.
 */
package dev.pushpull.delivery.thin;
