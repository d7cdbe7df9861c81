package dev.berth.transport;

import java.net.InetSocketAddress;

/**
 * Where and how a listener listens.
 *
 * @param address the address to bind; port 0 lets the system choose one
 * @param backlog how many unaccepted connections the kernel may keep, at least 1; the kernel cuts it to its own limit
 * @param sendBufferBytes how much the kernel may hold of what a peer has not acknowledged, {@code SO_SNDBUF} of socket(7);
 *     {@link Integer#MAX_VALUE} leaves that to the kernel
 * @param output the bound of every accepted link's output
 * @param keepAlive how silent peers are asked
 */
public record ListenOptions(InetSocketAddress address, int backlog, int sendBufferBytes, OutputLimits output, KeepAlive keepAlive) {}
