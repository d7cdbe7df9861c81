/**
 * Connections without sockets: a scripted peer for a handler's unit test, or two connections joined in memory. They are the
 * real connection over a link of their own, so that they end, wait and fail as on the network.
 *
 * <p>For tests with sockets: {@link dev.berth.testkit.ScriptedPeer}, which does what no well-behaved client does, and {@link
 * dev.berth.testkit.RecordingEvents}, which remembers what a server tells.
 */
package dev.berth.testkit;
