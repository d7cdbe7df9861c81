package dev.berth.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import dev.berth.connection.Connection;

/** The five clients that nobody wants beside them, and the handler whose buttons they press. */
final class Nuisances implements AutoCloseable {
    static final String THROW = "throw";
    static final String BLOCK = "block";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A writer that cannot write for so long is stuck: its peer's buffers and its own are full. */
    private static final Duration STUCK = Duration.ofMillis(500);

    private static final String DRIBBLED = "one byte now and then";

    private final EchoClient thrower;
    private final EchoClient blocker;
    private final EchoClient resetter;
    private final EchoClient dribbler;
    private final SocketChannel neverReader;
    private final ReentrantLock dribbling = new ReentrantLock();
    // Guarded by dribbling.
    private int dribbledBytes;

    Nuisances(int port) throws IOException {
        thrower = new EchoClient(port, PATIENCE);
        blocker = new EchoClient(port, PATIENCE);
        resetter = new EchoClient(port, PATIENCE);
        dribbler = new EchoClient(port, PATIENCE);
        neverReader = SocketChannel.open();
        neverReader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Echoes lines, and does what the nuisances ask for. */
    static void handle(Connection<String> client, CountDownLatch unblock) throws Exception {
        client.forEach(line -> {
            switch (line) {
                case THROW -> throw new IllegalStateException("planted");
                case BLOCK -> unblock.await();
                default -> client.send(Reply.answer(line));
            }
        });
    }

    /** Does all the harm that is done once; the never-reading client is stuck when it returns. */
    void begin() throws IOException {
        thrower.write(THROW + "\n");
        blocker.write(BLOCK + "\n");
        resetter.write("half a fra");
        resetter.reset();
        writeUntilStuck();
    }

    private void writeUntilStuck() throws IOException {
        var lines = ByteBuffer.wrap("and another line that nobody reads\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII));
        neverReader.configureBlocking(false);
        try (var selector = Selector.open()) {
            neverReader.register(selector, SelectionKey.OP_WRITE);
            while (selector.select(STUCK.toMillis()) > 0) {
                selector.selectedKeys().clear();
                neverReader.write(lines.hasRemaining() ? lines : lines.rewind());
            }
        }
    }

    /** The dribbling client sends its next byte; others' threads call it now and then. */
    void dribble() {
        dribbling.lock();
        try {
            if (dribbledBytes < DRIBBLED.length()) {
                dribbler.write(DRIBBLED.substring(dribbledBytes, dribbledBytes + 1));
                dribbledBytes++;
            }
        } catch (IOException e) {
            throw new IllegalStateException("the dribbling client was cut", e);
        } finally {
            dribbling.unlock();
        }
    }

    /** The answer to what was dribbled, once its line ends. */
    @Nullable String dribbledAnswer() throws IOException {
        return dribbler.ask("");
    }

    void endDribbling() throws IOException {
        dribbler.close();
    }

    static String expectedDribbledAnswer() {
        return Reply.answer(DRIBBLED);
    }

    @Override
    public void close() throws IOException {
        thrower.close();
        blocker.close();
        dribbler.close();
        neverReader.close();
    }
}
