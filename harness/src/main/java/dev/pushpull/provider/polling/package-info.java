/**
 * The provider's half of every mode whose consumers poll: {@code /events} with its pages, its validators and the polls
 * it holds. It uses the event log and answers requests. It never begins an exchange, and it knows no mode.
 */
package dev.pushpull.provider.polling;
