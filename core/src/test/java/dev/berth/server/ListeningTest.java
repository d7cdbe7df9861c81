package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.Signal;

/** Where a server listens, and when it accepts. */
@ExtendWith(Baseline.class)
class ListeningTest {

    private static ServerBuilder<String> server(String host, int port) {
        return TcpServer.builder(Codec.lines())
                .bind(host, port)
                .handler(client -> client.forEach(line -> client.send(host + " " + line)));
    }

    private static String ask(String host, int port) throws IOException {
        try (var peer = Peer.to(new InetSocketAddress(host, port))) {
            return String.valueOf(peer.send("hi").line());
        }
    }

    @Nested
    class TheAddress {

        @Test
        void withPortZeroIsChosenByTheSystemAndTold() throws Exception {
            try (var server = server("127.0.0.1", 0).start()) {
                assertThat(server.port()).isPositive();
                assertThat(server.address().getPort()).isEqualTo(server.port());
                assertThat(server.snapshot().name()).isEqualTo(String.valueOf(server.port()));
                assertThat(ask("127.0.0.1", server.port())).isEqualTo("127.0.0.1 hi");
            }
        }

        @Test
        void mayBeIpv6() throws Exception {
            try (var server = server("::1", 0).start()) {
                assertThat(ask("::1", server.port())).isEqualTo("::1 hi");
                assertThatThrownBy(() -> ask("127.0.0.1", server.port())).isInstanceOf(IOException.class);
            }
        }

        @Test
        void mayBeAllOfThemAndThenServesBothFamilies() throws Exception {
            try (var server = server("::", 0).start()) {
                assertThat(ask("::1", server.port())).isEqualTo(":: hi");
                assertThat(ask("127.0.0.1", server.port())).isEqualTo(":: hi");
            }
        }

        @Test
        void isThisMachineOnlyUnlessSaidOtherwise() throws Exception {
            try (var server = TcpServer.listen(0, client -> client.forEach(client::send))) {
                assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
                assertThatThrownBy(() -> ask("127.0.0.2", server.port())).isInstanceOf(IOException.class);
            }
        }
    }

    @Nested
    class ABindThatFails {

        @Test
        void saysTheAddressAndLeavesNothingBehind() throws Exception {
            try (var first = server("127.0.0.1", 0).start()) {
                long before = Baseline.descriptors();
                var threads = Baseline.threads();
                for (int i = 0; i < 20; i++) {
                    assertThatThrownBy(() -> server("127.0.0.1", first.port()).start())
                            .isInstanceOf(BindException.class)
                            .hasMessageContaining("cannot listen on 127.0.0.1:" + first.port())
                            .hasMessageContaining("in use");
                }
                assertThat(Baseline.descriptors()).isEqualTo(before);
                assertThat(Baseline.threads()).isEqualTo(threads);
                assertThat(ask("127.0.0.1", first.port())).isEqualTo("127.0.0.1 hi");
            }
        }

        @Test
        void becauseTheAddressIsNotOfThisMachineSaysSo() {
            // TEST-NET-1 of RFC 5737: an address no machine has.
            assertThatThrownBy(() -> server("192.0.2.1", 0).start())
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("192.0.2.1:0");
        }
    }

    @Nested
    class TheBacklog {

        @Test
        void isTheOneAskedForIfTheKernelAllowsIt() throws Exception {
            try (var server = server("127.0.0.1", 0).backlog(7).start()) {
                assertThat(server.backlog()).isEqualTo(7);
            }
        }

        @Test
        void isCutToTheKernelsLimit() throws Exception {
            var kernel = Path.of("/proc/sys/net/core/somaxconn");
            int limit;
            try (var lines = Files.newBufferedReader(kernel)) {
                limit = Integer.parseInt(String.valueOf(lines.readLine()).strip());
            }
            try (var server = server("127.0.0.1", 0).backlog(limit + 1).start()) {
                assertThat(server.backlog()).isEqualTo(limit);
                assertThat(server.snapshot().backlog()).isEqualTo(limit);
            }
        }
    }

    @Nested
    class Suspended {

        @Test
        void itAcceptsNobodyUntilResumedAndServesWhoIsHere() throws Exception {
            try (var server = server("127.0.0.1", 0).start();
                    var here = Peer.of(server)) {
                assertThat(here.send("a").line()).isEqualTo("127.0.0.1 a");
                server.suspend();
                server.suspend();
                try (var newcomer = Peer.of(server).send("b")) {
                    assertThat(here.send("c").line()).isEqualTo("127.0.0.1 c");
                    newcomer.socket().setSoTimeout(150);
                    assertThatThrownBy(newcomer::line).isInstanceOf(java.net.SocketTimeoutException.class);
                    assertThat(server.snapshot().accepted()).isEqualTo(1);
                    assertThat(server.snapshot().suspended()).isTrue();
                    newcomer.socket().setSoTimeout(20_000);
                    server.resume();

                    assertThat(newcomer.line()).isEqualTo("127.0.0.1 b");
                    assertThat(server.isSuspended()).isFalse();
                }
            }
        }

        @Test
        @SuppressWarnings("try")
        void itCanBeClosed() throws Exception {
            try (var server = server("127.0.0.1", 0).start();
                    var outside = suspendedFor(server)) {
                server.close();
                outside.awaitEnd();
                assertThat(server.awaitTermination(Duration.ofSeconds(1))).isTrue();
                assertThat(server.snapshot().accepted()).isZero();
            }
        }

        private static Peer suspendedFor(TcpServer server) throws IOException {
            server.suspend();
            return Peer.of(server);
        }
    }

    @Nested
    class SeveralServers {

        @Test
        void inOneProcessKeepToThemselves() throws Exception {
            try (var one = TcpServer.listen(0, client -> client.forEach(line -> client.send("one " + line)));
                    var two = TcpServer.listen(0, client -> client.forEach(line -> client.send("two " + line)));
                    var atOne = Peer.of(one);
                    var atTwo = Peer.of(two)) {
                assertThat(atOne.send("a").line()).isEqualTo("one a");
                assertThat(atTwo.send("a").line()).isEqualTo("two a");
                one.drain(Duration.ofSeconds(5));

                assertThat(atTwo.send("b").line()).isEqualTo("two b");
                assertThat(two.snapshot().accepted()).isEqualTo(1);
            }
        }
    }

    @Nested
    class ABadSetting {

        @Test
        void isRefusedWithItsNameItsValueAndWhatIsAllowed() {
            assertThatThrownBy(() -> server("127.0.0.1", 65_536).start())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port is 65536, allowed are 0 to 65535");
            assertThatThrownBy(() -> server("127.0.0.1", 0).maxConnections(0).start())
                    .hasMessageStartingWith("maxConnections is 0, allowed are 1 to ");
            assertThatThrownBy(() -> server("127.0.0.1", 0).queueTimeout(Duration.ZERO).start())
                    .hasMessageStartingWith("queueTimeout is 0s, allowed are 1ms to 24h");
            assertThatThrownBy(() -> server("127.0.0.1", 0).busyNotice("two\nlines").start())
                    .hasMessageStartingWith("busyNotice cannot be sent: ");
        }
    }

    /** What would stay is seen by the baseline. */
    @Test
    void anErrorWhileItStartsLeavesNoSocket() {
        var transport = new StagedTransport();
        transport.askingForAddress(() -> {
            throw new OutOfMemoryError("on purpose");
        });

        assertThatThrownBy(() -> server("127.0.0.1", 0).transport(transport).start()).hasMessage("on purpose");
    }

    @Test
    void whoSuspendsWhileAnotherResumesLeavesItAsItSays() throws Exception {
        var transport = new StagedTransport();
        var suspending = new Signal();
        var goOn = new Signal();
        transport.suspending(() -> {
            suspending.give();
            goOn.awaitStubbornly();
        });
        try (var server = server("127.0.0.1", 0).transport(transport).start()) {
            var suspend = new FutureTask<>(server::suspend, null);
            Thread.ofPlatform().start(suspend);
            suspending.await();
            server.resume();
            goOn.give();
            suspend.get();

            assertThat(server.isSuspended()).isFalse();
            assertThat(ask("127.0.0.1", server.port())).isEqualTo("127.0.0.1 hi");
        }
    }
}
