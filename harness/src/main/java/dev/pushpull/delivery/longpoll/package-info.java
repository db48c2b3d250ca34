/** Long polling: the provider holds a request until there is something to answer. */
package dev.pushpull.delivery.longpoll;
