/**
 * The command line: flags in, exit code out, one class a command. May use every room. Never measures, calculates or
 * renders by itself, and nothing in the project imports it.
 */
package dev.pushpull.cli;
