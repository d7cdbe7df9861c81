package dev.berth.transport;

import java.net.InetSocketAddress;

/**
 * Where and how a listener listens.
 *
 * @param address the address to bind; port 0 lets the system choose one
 * @param backlog how many unaccepted connections the kernel may keep, at least 1; the kernel cuts it to its own limit
 * @param output the bound of every accepted link's output
 * @param keepAlive how silent peers are asked
 */
public record ListenOptions(InetSocketAddress address, int backlog, OutputLimits output, KeepAlive keepAlive) {}
