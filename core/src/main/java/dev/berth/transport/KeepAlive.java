package dev.berth.transport;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import jdk.net.ExtendedSocketOptions;

/**
 * How the kernel asks a peer that is silent whether it is still there (tcp(7): TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT).
 *
 * @param idleSeconds silence before the first question; 0 asks nothing
 * @param intervalSeconds between two questions
 * @param count unanswered questions after which the peer is gone
 */
public record KeepAlive(int idleSeconds, int intervalSeconds, int count) {
    /** A peer that vanished is noticed within two minutes: 60 s, 15 s, 4. */
    public static final KeepAlive TWO_MINUTES = within(Duration.ofMinutes(2));

    /** Nothing is asked: a peer that vanished is noticed when something is sent to it, or never. */
    public static final KeepAlive NONE = new KeepAlive(0, 0, 0);

    private static final int QUESTIONS = 4;
    /** The most seconds that Linux takes (net/tcp.h: MAX_TCP_KEEPIDLE, MAX_TCP_KEEPINTVL), some 9 hours. */
    private static final long MAX_SECONDS = 32_767;

    /**
     * Notices a peer that vanished within so long, at least 8 s: half of it is silence, the rest four questions; neither the silence nor
     * the time between two questions is more than 32,767 s.
     */
    public static KeepAlive within(Duration limit) {
        long half = limit.toSeconds() / 2;
        return new KeepAlive((int) Math.min(MAX_SECONDS, half), (int) Math.min(MAX_SECONDS, half / QUESTIONS), QUESTIONS);
    }

    /** Asks so on this socket; what the system does not know stays as the system has it. */
    void apply(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, idleSeconds > 0);
        if (idleSeconds > 0) {
            set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, idleSeconds);
            set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, intervalSeconds);
            set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, count);
        }
    }

    private static void set(SocketChannel channel, SocketOption<Integer> option, int value) throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }
}
