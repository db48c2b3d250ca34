/**
 * Polling at a fixed interval, with conditional requests, or at an interval that adapts: the poller, its virtual form,
 * and what theory says of it.
 */
package dev.pushpull.delivery.polling;
