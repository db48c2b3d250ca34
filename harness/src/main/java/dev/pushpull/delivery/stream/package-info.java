/**
 * What all modes share whose consumers hold a connection open: their flags, what is replayed to a consumer that returns,
 * when it is silent for too long, and its course in virtual time and as a closed form. It knows no wire: how a frame
 * looks is the business of the mode.
 */
package dev.pushpull.delivery.stream;
