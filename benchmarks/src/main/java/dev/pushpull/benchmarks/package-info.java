/** JMH benchmarks: the cost of every step on the path, one class for each question. */
package dev.pushpull.benchmarks;
