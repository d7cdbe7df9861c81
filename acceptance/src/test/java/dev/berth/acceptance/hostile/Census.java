package dev.berth.acceptance.hostile;

/**
 * How a mob fares.
 *
 * @param connected how many are connected now
 * @param connects connections made so far
 * @param cut those the server ended, by its stream's end or by a reset
 * @param left those the client ended
 * @param refused attempts that did not get as far as a connection
 * @param surprises bytes heard by who must hear nothing
 * @param cpuMillis processor time of the mob's thread so far
 */
public record Census(long connected, long connects, long cut, long left, long refused, long surprises, long cpuMillis) {}
