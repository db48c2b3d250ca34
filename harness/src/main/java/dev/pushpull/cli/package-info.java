/** The command line: flags in, exit code out, and nothing else. Nothing in the project imports it. */
package dev.pushpull.cli;
