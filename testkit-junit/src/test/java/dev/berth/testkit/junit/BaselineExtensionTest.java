package dev.berth.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.server.TcpServer;
import dev.berth.testkit.ScriptedPeer;
import dev.berth.testkit.chaos.ChaosProxy;

/** A test that leaves something behind fails, and is told what. */
@Timeout(60)
final class BaselineExtensionTest {
    private static final Duration SOON = Duration.ofMillis(300);
    private static final Queue<AutoCloseable> LEFT = new ConcurrentLinkedQueue<>();

    @Test
    void whoLeavesNothingPasses() throws Exception {
        assertThat(failures(Clean.class)).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aSocketThatIsLeftIsCounted() throws Exception {
        assertThat(failures(LeavesSockets.class)).contains("left behind 300 ms after the test:")
                .containsPattern("2 descriptors \\(\\d+ before, \\d+ after\\): among socket:\\[\\d+\\], socket:\\[\\d+\\]");
    }

    @Test
    void aThreadThatIsLeftIsNamed() throws Exception {
        assertThat(failures(LeavesThread.class)).contains("1 of Berth's threads: berth-forgotten");
    }

    @Test
    void aThreadOfTheTestkitsProxyIsBerthsToo() throws Exception {
        assertThat(failures(LeavesProxy.class)).containsPattern("1 of Berth's threads: chaos-\\d+-accept");
    }

    @Test
    void aVirtualThreadThatIsLeftIsNamedWhoseverItIs() throws Exception {
        assertThat(failures(LeavesVirtualThreads.class)).containsPattern("2 virtual threads: #\\d+, #\\d+ reader");
    }

    @Test
    void theTimerOfAServerThatIsLeftIsNamedBesideItsOtherThreads() throws Exception {
        assertThat(failures(LeavesServer.class)).contains("1 timers of servers: berth-left-timer")
                .containsPattern("2 of Berth's threads: berth-left-(acceptor|carriers), berth-left-(acceptor|carriers)\n");
    }

    @Test
    void aPlaceThatIsLeftIsCountedWithItsServer() throws Exception {
        assertThat(failures(LeavesPlace.class)).contains("server meters: 1 clients that have a place or wait for one");
    }

    @Test
    void bytesThatAreLeftUnsentAreCounted() throws Exception {
        assertThat(failures(LeavesBytes.class)).containsPattern("\\d{4,} bytes that links hold unsent");
    }

    /** What the only test of the class fails with; nothing if it passes. */
    private static String failures(Class<?> tests) throws Exception {
        var text = new StringBuilder();
        EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(tests))
                .execute()
                .testEvents()
                .finished()
                .stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream())
                .forEach(failure -> text.append(failure.getMessage()));
        for (AutoCloseable left; (left = LEFT.poll()) != null; ) {
            left.close();
        }
        return text.toString();
    }

    /** Run by the tests above, as those below. */
    static final class Clean {
        @RegisterExtension
        @Order(1)
        final BaselineExtension baseline = new BaselineExtension();

        @RegisterExtension
        @Order(2)
        final ServerExtension<String> echo = ServerExtension.lines(client -> client.forEach(client::send))
                .with(server -> server.transport(baseline.transport()));

        @Test
        void talks() throws IOException {
            assertThat(echo.connect().request("hello")).isEqualTo("hello");
        }
    }

    static final class LeavesSockets {
        @RegisterExtension
        final BaselineExtension baseline = new BaselineExtension().within(SOON);

        @Test
        void leaves() throws IOException {
            LEFT.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            LEFT.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
    }

    static final class LeavesThread {
        @RegisterExtension
        final BaselineExtension baseline = new BaselineExtension().within(SOON);

        @Test
        void leaves() {
            var latch = new CountDownLatch(1);
            Thread.ofVirtual().name("berth-forgotten").start(() -> {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            LEFT.add(latch::countDown);
        }
    }

    static final class LeavesProxy {
        @RegisterExtension
        final BaselineExtension baseline = new BaselineExtension().within(SOON);

        @Test
        void leaves() throws IOException {
            LEFT.add(ChaosProxy.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)).start());
        }
    }

    static final class LeavesVirtualThreads {
        @RegisterExtension
        final BaselineExtension baseline = new BaselineExtension().within(SOON);

        @Test
        void leaves() {
            for (String name : List.of("", "reader")) {
                var thread = Thread.ofVirtual().name(name).start(LockSupport::park);
                LEFT.add(() -> {
                    LockSupport.unpark(thread);
                    thread.join();
                });
            }
        }
    }

    static final class LeavesServer {
        @RegisterExtension
        final BaselineExtension baseline = new BaselineExtension().within(SOON);

        @Test
        void leaves() throws IOException {
            LEFT.add(TcpServer.builder(Codec.lines()).port(0).name("left").handler(client -> client.forEach(client::send)).start());
        }
    }

    static final class LeavesPlace {
        @RegisterExtension
        static final ServerExtension<String> METERS = ServerExtension.lines(client -> client.forEach(client::send))
                .with(server -> server.name("meters"));

        @RegisterExtension
        final BaselineExtension baseline = new BaselineExtension().watching(METERS::server).within(SOON);

        @Test
        void leaves() throws IOException {
            // Not by connect(), which closes it after the test.
            var peer = ScriptedPeer.connect(METERS.server().address());
            LEFT.add(peer);
            assertThat(peer.send("hello\n").line()).isEqualTo("hello");
        }
    }

    static final class LeavesBytes {
        private static final BaselineExtension BASELINE = new BaselineExtension().within(SOON);

        @RegisterExtension
        static final ServerExtension<String> METERS = ServerExtension.lines(LeavesBytes::flood)
                .with(server -> server.transport(BASELINE.transport()));

        @RegisterExtension
        final BaselineExtension baseline = BASELINE;

        private static void flood(Connection<String> client) throws Exception {
            client.forEach(line -> {
                while (true) {
                    client.send(line.repeat(1_000));
                }
            });
        }

        @Test
        void leaves() throws IOException {
            var peer = ScriptedPeer.connect(METERS.server().address(), 2_048);
            LEFT.add(peer);
            peer.send("hello\n");
            // Some came, so the rest is on its way.
            assertThat(peer.receive(100)).hasSize(100);
        }
    }
}
