/**
 * The event source: an HTTP server that offers its events to pollers and sends them as signed webhooks to its
 * subscribers. Consumers reach it by its address alone.
 */
package dev.pushpull.provider;
