/**
 * Signature schemes: what a sender writes into the headers of a webhook, and how a receiver tells genuine from forged.
 * May use nothing else of the project. Never reads a clock or knows HTTP: secret, headers, body and time are handed
 * in.
 */
package dev.pushpull.signing;
