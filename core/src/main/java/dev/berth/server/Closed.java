package dev.berth.server;

import java.net.InetSocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.CloseReason;

/**
 * How one served client's connection ended.
 *
 * @param id its number
 * @param peer the client's address
 * @param reason the first cause
 * @param cause what the handler threw; null if it returned
 * @param lasted from its place to its end
 * @param bytesIn bytes received
 * @param bytesOut bytes handed to the kernel
 * @param framesIn frames delivered
 * @param framesOut frames accepted for sending
 * @param framesUnsent frames accepted of which not every byte reached the kernel
 */
public record Closed(
        long id,
        InetSocketAddress peer,
        CloseReason reason,
        @Nullable Throwable cause,
        Duration lasted,
        long bytesIn,
        long bytesOut,
        long framesIn,
        long framesOut,
        long framesUnsent) {}
