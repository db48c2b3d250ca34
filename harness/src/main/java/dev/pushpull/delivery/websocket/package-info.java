/**
 * WebSockets (RFC 6455): each consumer holds one open, and the provider sends each event as a message, which the consumer
 * may acknowledge. A consumer that returns says which event it saw last.
 */
package dev.pushpull.delivery.websocket;
