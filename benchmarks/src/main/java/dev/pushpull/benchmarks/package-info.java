/** JMH benchmarks: the cost of every step on the path, one class a question. */
package dev.pushpull.benchmarks;
