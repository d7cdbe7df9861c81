package dev.berth.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Checks after each test that nothing of Berth stays: no thread but the sweeper, no socket, within 5 s.
 *
 * <p>Every {@code @Nested} class inherits it. The first test of the process pays for what the JDK opens once and keeps.
 */
public final class Baseline implements BeforeEachCallback, AfterEachCallback {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(Baseline.class);

    static {
        // The default looks after 100 ms for the first time: too long for what is nearly always true at once.
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(10));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        context.getRoot().getStore(SPACE).computeIfAbsent("warm", _ -> warmUp());
        context.getStore(SPACE).put("descriptors", descriptors());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        long before = context.getStore(SPACE).getOrDefault("descriptors", Long.class, 0L);
        await("no thread stays").atMost(LIMIT).untilAsserted(() -> assertThat(threads()).isEmpty());
        await("no socket stays").atMost(LIMIT).untilAsserted(() -> assertThat(descriptors())
                .isLessThanOrEqualTo(before));
    }

    /** Berth's threads other than the sweeper. */
    public static List<String> threads() throws IOException {
        return ThreadDump.berthThreads().stream().filter(name -> !name.equals("berth-sweeper")).toList();
    }

    /** Open sockets, selectors and the like; files do not count, since classes are loaded at any time. */
    public static long descriptors() {
        try (var links = Files.list(DESCRIPTORS)) {
            return links.filter(Baseline::isNoFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNoFile(Path link) {
        try {
            var target = Files.readSymbolicLink(link).toString();
            return target.startsWith("socket:") || target.startsWith("anon_inode:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** Lets a virtual thread park in a read and in a write: the JDK opens its pollers for them then, and keeps them. */
    private static boolean warmUp() {
        try (var listening = listening();
                var near = SocketChannel.open(listening.getLocalAddress());
                var far = listening.accept()) {
            var buffer = ByteBuffer.allocate(1 << 20);
            var reader = Thread.ofVirtual().start(() -> readOnce(near));
            await().atMost(LIMIT).until(() -> reader.getState() == Thread.State.WAITING);
            far.write(ByteBuffer.wrap(new byte[1]));
            reader.join();
            var writer = Thread.ofVirtual().start(() -> writeMuch(near));
            await().atMost(LIMIT).until(() -> writer.getState() == Thread.State.WAITING);
            while (writer.isAlive()) {
                far.read(buffer.clear());
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerSocketChannel listening() throws IOException {
        // Without a bound of its own a receive buffer grows to 32 MiB, and no write would wait.
        return ServerSocketChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, 4_096)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static void readOnce(SocketChannel channel) {
        try {
            channel.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeMuch(SocketChannel channel) {
        try (channel) {
            var much = ByteBuffer.allocate(32 << 20);
            while (much.hasRemaining()) {
                channel.write(much);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
