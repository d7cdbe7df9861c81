package dev.berth.testkit.chaos;

/**
 * A toxic on one direction of one connection.
 *
 * @param direction which way
 * @param toxic what goes wrong
 */
public record Fault(Direction direction, Toxic toxic) {}
