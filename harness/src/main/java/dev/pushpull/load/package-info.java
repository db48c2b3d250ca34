/**
 * Drivers that send requests at the times they are told, as fast or as ill-meaning as they can, and count what they are
 * answered. Knows servers by their address only.
 */
package dev.pushpull.load;
