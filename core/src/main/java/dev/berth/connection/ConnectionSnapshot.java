package dev.berth.connection;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * What was known of one connection at one moment.
 *
 * @param id its number
 * @param remoteAddress the peer
 * @param state where it is on its way
 * @param since when it was accepted or connected
 * @param bytesIn bytes received
 * @param bytesOut bytes handed to the kernel
 * @param framesIn frames delivered
 * @param framesOut frames accepted for sending
 * @param threadName the thread that serves it
 */
public record ConnectionSnapshot(
        long id,
        InetSocketAddress remoteAddress,
        State state,
        Instant since,
        long bytesIn,
        long bytesOut,
        long framesIn,
        long framesOut,
        String threadName) {}
