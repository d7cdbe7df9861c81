package dev.berth.server;

/**
 * How a drain went.
 *
 * @param finished clients that ended by themselves before the deadline
 * @param cut clients that were cut at the deadline
 * @param abandoned those of the cut whose handler has not returned even so
 */
public record DrainReport(int finished, int cut, int abandoned) {}
