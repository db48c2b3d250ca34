/**
 * One simulation by many processes: what it is divided into ({@code ShardPlan}), some of it simulated into a file of its
 * own ({@code ShardRun}, {@code ShardFile}), and the files put together ({@code ShardMerge}). The result is bit for bit
 * that of one process. May use {@code experiment} and {@code virtual}. Knows no scheduler, and writes no results.
 */
package dev.pushpull.experiment.shards;
