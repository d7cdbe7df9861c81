package dev.berth.testkit.junit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Lets virtual threads park in a read and in a write: the JDK opens its pollers' descriptors then, and keeps them. */
final class WarmUp {
    private static final int SMALL_BUFFER = 4_096;
    private static final int MUCH = 32 << 20;

    private WarmUp() {}

    /** Warms up; returns true, since a store keeps no null. */
    static boolean done() {
        try (var listening = ServerSocketChannel.open()
                        // Without a bound of its own a receive buffer grows to 32 MiB, and no write would wait.
                        .setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER)
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                var near = SocketChannel.open(listening.getLocalAddress());
                var far = listening.accept()) {
            var reader = Thread.ofVirtual().start(() -> {
                read(near);
                write(near);
            });
            awaitParked(reader);
            far.write(ByteBuffer.wrap(new byte[1]));
            var buffer = ByteBuffer.allocate(1 << 20);
            // It has read once it has written something; then it parks again, or is through.
            far.read(buffer.clear());
            awaitParked(reader);
            while (reader.isAlive() && far.read(buffer.clear()) >= 0) {
                // The end of the stream says that all is read.
            }
            return true;
        } catch (IOException e) {
            throw new AssertionError("no sockets on loopback", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void awaitParked(Thread thread) throws InterruptedException {
        while (thread.isAlive() && thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }

    private static void read(SocketChannel channel) {
        try {
            channel.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(SocketChannel channel) {
        try (channel) {
            var much = ByteBuffer.allocate(MUCH);
            while (much.hasRemaining()) {
                channel.write(much);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
