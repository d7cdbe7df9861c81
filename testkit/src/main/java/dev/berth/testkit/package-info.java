/**
 * Connections without sockets: a scripted peer for a handler's unit test, or two connections joined in memory.
 *
 * <p>They are the real connection over a link of their own, so that they end, wait and fail as on the network.
 */
package dev.berth.testkit;
