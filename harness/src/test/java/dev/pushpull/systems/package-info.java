/**
 * {@code observe} against systems that others wrote, each as its makers ship it, on free loopback ports. A test is
 * skipped where its system is not installed; {@code scripts/systems} puts them all into a folder.
 */
package dev.pushpull.systems;
