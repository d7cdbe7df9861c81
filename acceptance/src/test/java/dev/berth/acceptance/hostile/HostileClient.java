package dev.berth.acceptance.hostile;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.berth.acceptance.hostile.Kind.Ear;

/** One hostile client: one connection after another. For the mob's one thread. */
final class HostileClient {
    private static final int TINY_BUFFER = 2_304;
    /** Sources of its own, so that ports do not run out: a connection that ended keeps its port for a minute. */
    private static final int SOURCES = 50;

    private static final int FIRST_SOURCE = 2;

    private final Kind kind;
    private final int number;
    private final InetSocketAddress server;
    private final Surroundings surroundings;
    private @Nullable SocketChannel channel;
    private int visits;
    private boolean ended = true;
    private boolean left;
    private long heard;

    /**
     * What all clients of a mob have in common.
     *
     * @param maxFrame the largest frame that the server allows
     * @param calm how long who acts once is there before it does
     * @param scratch where what is read goes
     */
    record Surroundings(int maxFrame, Duration calm, ByteBuffer scratch) {}

    HostileClient(Kind kind, int number, InetSocketAddress server, Surroundings surroundings) {
        this.kind = kind;
        this.number = number;
        this.server = server;
        this.surroundings = surroundings;
    }

    Kind kind() {
        return kind;
    }

    /** Which one of the mob, from 0. */
    int number() {
        return number;
    }

    /** How often it has come, from 1. */
    int visits() {
        return visits;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Begins to connect; true if it is done already. */
    boolean connect(Selector selector) throws IOException {
        visits++;
        ended = false;
        left = false;
        heard = 0;
        var fresh = SocketChannel.open();
        channel = fresh;
        fresh.configureBlocking(false);
        fresh.bind(new InetSocketAddress("127.0.0." + (FIRST_SOURCE + number % SOURCES), 0));
        if (kind.ear() == Ear.DEAF || kind.ear() == Ear.TRICKLES) {
            fresh.setOption(StandardSocketOptions.SO_RCVBUF, TINY_BUFFER);
        }
        fresh.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean atOnce = fresh.connect(server);
        fresh.register(selector, atOnce ? wishes() : SelectionKey.OP_CONNECT, this);
        return atOnce;
    }

    /** Whether its connection stands; from then on it hears what it wants to hear. */
    boolean isConnected(SelectionKey key) throws IOException {
        if (!open().finishConnect()) {
            return false;
        }
        key.interestOps(wishes());
        return true;
    }

    private int wishes() {
        return kind.ear() == Ear.LISTENS || kind.ear() == Ear.MUST_HEAR_NOTHING ? SelectionKey.OP_READ : 0;
    }

    /** Sends what the system takes, and forgets the rest. */
    void send(byte[] bytes) throws IOException {
        send(bytes, bytes.length);
    }

    void send(byte[] bytes, int length) throws IOException {
        open().write(ByteBuffer.wrap(bytes, 0, length));
    }

    /** Reads so much at most, without waiting. */
    void read(int most) throws IOException {
        var scratch = surroundings.scratch();
        for (int n = 1; n > 0 && most > 0; most -= n) {
            n = open().read(scratch.clear().limit(Math.min(most, scratch.capacity())));
            if (n < 0) {
                ended = true;
            } else {
                heard += n;
            }
        }
    }

    void halfClose() throws IOException {
        open().shutdownOutput();
    }

    /** Goes, by an end or a reset. */
    void leave(boolean byReset) {
        left = true;
        ended = true;
        if (byReset) {
            try {
                open().setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException alreadyGone) {
                // The server was faster.
            }
        }
    }

    /** Whether there is no connection, or none any more. */
    boolean isOver() {
        return ended;
    }

    /** Whether it was the client that ended it. */
    boolean hasLeft() {
        return left;
    }

    /** Bytes heard on this connection that it must not hear. */
    long surprises() {
        return kind.ear() == Ear.MUST_HEAR_NOTHING ? heard : 0;
    }

    void close() {
        ended = true;
        var present = channel;
        if (present != null) {
            try {
                present.close();
            } catch (IOException e) {
                // Nothing is left that could be done with it.
            }
        }
    }

    private SocketChannel open() {
        var present = channel;
        if (present == null) {
            throw new IllegalStateException("not connected yet");
        }
        return present;
    }
}
