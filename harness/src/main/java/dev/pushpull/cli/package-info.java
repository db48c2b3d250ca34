/**
 * The command line: flags in, exit code out, one class for each command. May use every room. Never measures, calculates
 * or renders anything itself, and nothing else in the project imports it.
 */
package dev.pushpull.cli;
