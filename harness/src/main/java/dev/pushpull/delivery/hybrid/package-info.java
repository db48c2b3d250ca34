/** Any mode that pushes, and a slow poll that finds what its pushes lost; with webhooks, it has a name of its own. */
package dev.pushpull.delivery.hybrid;
