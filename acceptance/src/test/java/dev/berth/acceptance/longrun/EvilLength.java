package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.sun.management.ThreadMXBean;

import dev.berth.framing.FrameCursor;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;

/**
 * A frame whose length can't be, or one to compare with: what a server allocates for each connection that sends it.
 *
 * @param name for people
 * @param frame what is sent
 */
@SuppressWarnings("ArrayRecordComponent") // nobody writes to it
record EvilLength(String name, byte... frame) {
    /** A frame of one byte, to which the answer is the same. */
    static final EvilLength HARMLESS = new EvilLength("a frame of one byte", (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) '?');

    /** Too large, or negative for who reads a signed number. */
    static final List<EvilLength> ALL = List.of(
            new EvilLength("length 2^31-1", (byte) 127, (byte) -1, (byte) -1, (byte) -1, (byte) '?'),
            new EvilLength("length 2^32-1", (byte) -1, (byte) -1, (byte) -1, (byte) -1, (byte) '?'),
            new EvilLength("length 0xFFFFFF", (byte) 0, (byte) -1, (byte) -1, (byte) -1, (byte) '?'),
            new EvilLength("length -2", (byte) -1, (byte) -1, (byte) -1, (byte) -2, (byte) '?'),
            new EvilLength("length -2^31", (byte) -128, (byte) 0, (byte) 0, (byte) 0, (byte) '?'));

    private static final int REFUSALS = 10_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Bytes that a framing allocates, in this process, to refuse it. */
    long refusalBytes() {
        // On a thread of its own: an exception has a line for each frame of the stack, and a client's stack is short.
        return CompletableFuture.supplyAsync(this::refusalBytesHere, task -> Thread.ofPlatform().start(task)).join();
    }

    private long refusalBytesHere() {
        var framing = Framing.parse("len4be");
        var cursor = new FrameCursor();
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        // Of the second half: in the first one the compiler is not through.
        for (int half = 0; half < 2; half++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < REFUSALS; i++) {
                cursor.over(frame, 0, frame.length);
                if (!isRefused(framing, cursor)) {
                    throw new AssertionError(name + " was not refused");
                }
                cursor.reset();
            }
            bytes = (threads.getCurrentThreadAllocatedBytes() - before) / REFUSALS;
        }
        return bytes;
    }

    private static boolean isRefused(Framing framing, FrameCursor cursor) {
        try {
            framing.next(cursor);
            return false;
        } catch (FramingException e) {
            return true;
        }
    }

    /** Bytes that the server allocates for each connection, over so many. */
    long allocated(TwoEchoesProcess server, int connections) throws IOException, InterruptedException {
        long before = Balance.of(server.ask("load"), "allocated");
        send(server, connections);
        return (Balance.of(server.ask("load"), "allocated") - before) / connections;
    }

    /** Sends it on so many connections, one after another; the server has ended all of them when this returns. */
    void send(TwoEchoesProcess server, int connections) throws IOException, InterruptedException {
        for (int i = 0; i < connections; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.ports().lengths())) {
                socket.getOutputStream().write(frame);
                if (equals(HARMLESS)) {
                    socket.getInputStream().readNBytes(frame.length);
                } else {
                    awaitEnd(socket);
                }
            }
        }
        server.awaitLive(0, LIMIT);
    }

    private static void awaitEnd(Socket socket) throws IOException {
        socket.setSoTimeout((int) LIMIT.toMillis());
        try {
            if (socket.getInputStream().read() >= 0) {
                throw new AssertionError("a frame that can't be was answered");
            }
        } catch (SocketException reset) {
            // As good an end as any.
        }
    }
}
