package dev.berth.transport;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a link is opened to a server.
 *
 * @param timeout how long the kernel may take to establish the connection
 * @param localAddress the address to come from; null lets the system choose
 * @param output the bound of the link's output
 * @param keepAlive how a silent peer is asked
 */
public record ConnectOptions(
        Duration timeout, @Nullable InetSocketAddress localAddress, OutputLimits output, KeepAlive keepAlive) {}
