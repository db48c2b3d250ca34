/**
 * Signature schemes: what a sender writes into the headers of a webhook, and how a receiver distinguishes genuine from
 * forged. May use nothing else of the project. Never reads a clock, and never knows HTTP: secret, headers, body and
 * time are passed in.
 */
package dev.pushpull.signing;
