/**
 * Signature schemes: what a sender writes into the headers of a webhook and how a receiver tells genuine from forged.
 * Pure functions of secret, headers, body and time; no HTTP, no clock. Imports nothing else of the project.
 */
package dev.pushpull.signing;
