/** Drivers that send requests as fast or as ill-meaning as they can, and count what they are answered. */
package dev.pushpull.load;
