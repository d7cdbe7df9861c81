package dev.berth.acceptance.longrun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.berth.connection.Deadlines;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.TcpServer;

/**
 * A room in which some read and some do not, until these are cut and a while longer.
 *
 * <p>For one thread. Closing it, which may be done twice, ends everybody.
 */
final class RoomRun implements AutoCloseable {
    private static final int TINY_BUFFER = 2_304;
    private static final int MAX_FRAME = 64 << 10;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    /** The one who speaks waits for those who listen when they are so far behind, in shares of the limit: they are not slow. */
    private static final int WINDOW = 4;

    private static final int LINES_AFTERWARDS = 200;

    private final int lineBytes;
    private final int limit;
    private final Room room = new Room();
    private final TcpServer server;
    private final Socket speaker;
    private final List<Socket> deaf = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** Lets them join: so many who read, so many who do not. Each one's output holds at most {@code limit} bytes. */
    RoomRun(int reading, int stalled, int lineBytes, int limit) throws IOException, InterruptedException {
        this.lineBytes = lineBytes;
        this.limit = limit;
        Codec<String> lines = Codec.text(Framing.line().withMaxFrameBytes(MAX_FRAME), UTF_8);
        // Only the hard limit is on: whoever is cut is cut by it.
        server = TcpServer.builder(lines).port(0).maxOutputBytes(limit).softOutputBytes(limit).softOutputTime(Duration.ofHours(1))
                .writeTimeout(Deadlines.OFF).events(room).handler(room::handle).start();
        speaker = new Socket(InetAddress.getLoopbackAddress(), server.port());
        for (int i = 0; i < stalled; i++) {
            deaf.add(joined(TINY_BUFFER));
        }
        for (int i = 0; i < reading; i++) {
            var reader = new Reader(joined(0), lineBytes);
            readers.add(reader);
            threads.add(Thread.ofVirtual().start(reader));
        }
        await(() -> room.members() == reading + stalled);
    }

    private Socket joined(int receiveBytes) throws IOException {
        var socket = new Socket();
        sockets.add(socket);
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write("join\n".getBytes(US_ASCII));
        return socket;
    }

    /** Says lines until all who do not read are cut, and some more; returns how many. Those who read have heard all of them then. */
    long speak() throws IOException, InterruptedException {
        int window = Math.max(1, limit / WINDOW / lineBytes);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        long said = 0;
        boolean well = true;
        for (int afterwards = 0; well && afterwards < LINES_AFTERWARDS; ) {
            speaker.getOutputStream().write(Reader.line(said, lineBytes));
            said++;
            afterwards += room.ends().size() < deaf.size() ? 0 : 1;
            well = awaitHeard(said - window, deadline);
        }
        awaitHeard(said, deadline);
        return said;
    }

    private boolean awaitHeard(long lines, long deadline) throws InterruptedException {
        boolean well = true;
        for (var reader : readers) {
            well &= reader.await(lines, deadline);
        }
        return well;
    }

    /** Lets all leave; returns the room with everybody's end in it. */
    Room left() throws IOException, InterruptedException {
        for (var socket : sockets) {
            socket.close();
        }
        await(() -> room.ends().size() == sockets.size());
        return room;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("waited in vain for who joins or leaves");
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    List<Reader> readers() {
        return readers;
    }

    /** The own ports of those who do not read, as the server sees them. */
    List<Integer> deafPorts() {
        return deaf.stream().map(Socket::getLocalPort).toList();
    }

    @Override
    public void close() throws IOException {
        try {
            for (var socket : sockets) {
                socket.close();
            }
            for (var thread : threads) {
                thread.join();
            }
            speaker.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            server.close();
        }
    }
}
