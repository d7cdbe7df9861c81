package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.client.ConnectFailedException.Kind;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;
import dev.berth.transport.ConnectOptions;
import dev.berth.transport.ConnectionClosedException;
import dev.berth.transport.KeepAlive;
import dev.berth.transport.OutputLimits;
import dev.berth.transport.Transport;

/** How a client comes to its server, and what it says if it does not. */
@ExtendWith(Baseline.class)
class ConnectingTest {

    private static ServerBuilder<String> server(String host) {
        return TcpServer.builder(Codec.lines()).bind(host, 0).handler(client -> client.forEach(
                line -> client.send(line + " from " + client.remoteAddress().getAddress().getHostAddress())));
    }

    private static ConnectFailedException failureOf(ThrowingCallable connecting) {
        var failures = new ArrayList<ConnectFailedException>();
        assertThatThrownBy(connecting).isInstanceOfSatisfying(ConnectFailedException.class, failures::add);
        return failures.getFirst();
    }

    @Nested
    class ASuccess {

        @Test
        void isOneLineAndOneRequest() throws Exception {
            try (var server = server("127.0.0.1").start();
                    var client = TcpClient.connect("127.0.0.1", server.port())) {
                assertThat(client.request("hello")).isEqualTo("hello from 127.0.0.1");
            }
        }

        @Test
        void isFoundOnWhicheverAddressOfTheNameAnswers() throws Exception {
            for (var host : List.of("127.0.0.1", "127.0.0.2", "::1")) {
                try (var server = server(host).start();
                        var client = TcpClient.connect("three-homes.test", server.port())) {
                    assertThat(client.request("a")).startsWith("a from ");
                    assertThat(client.remoteAddress().getAddress()).isEqualTo(InetAddress.ofLiteral(host));
                }
            }
        }

        @Test
        void comesFromTheLocalAddressAskedFor() throws Exception {
            try (var server = server("127.0.0.1").start();
                    var client = TcpClient.builder(Codec.lines())
                            .localAddress("127.0.0.7", 0)
                            .connect("127.0.0.1", server.port())) {
                assertThat(client.request("a")).isEqualTo("a from 127.0.0.7");
                assertThat(client.localAddress().getAddress().getHostAddress()).isEqualTo("127.0.0.7");
            }
        }

        @Test
        void worksOnAVirtualThreadAlike() throws Exception {
            try (var server = server("127.0.0.1").start()) {
                var answer = new FutureTask<>(() -> {
                    try (var client = TcpClient.connect("localhost", server.port())) {
                        return client.request("a");
                    }
                });
                Thread.ofVirtual().start(answer);
                assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("a from 127.0.0.1");
            }
        }
    }

    @Nested
    class AFailure {

        @Test
        void isRefusedWhereNothingListensAndSaysSo() throws Exception {
            int port;
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            assertThat(failureOf(() -> TcpClient.connect("127.0.0.1", port))).satisfies(failed -> {
                assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
                assertThat(failed.host()).isEqualTo("127.0.0.1");
                assertThat(failed.port()).isEqualTo(port);
                assertThat(failed).hasMessage("cannot connect to 127.0.0.1:" + port + ": 127.0.0.1:" + port
                        + " refused: nothing listens there");
            });
        }

        @Test
        void isAnUnknownHostWhereTheNameHasNoAddress() {
            assertThat(failureOf(() -> TcpClient.connect("nobody.invalid", 8080))).satisfies(failed -> {
                assertThat(failed.kind()).isEqualTo(Kind.UNKNOWN_HOST);
                assertThat(failed).hasMessageContaining("nobody.invalid:8080").hasMessageContaining("unknown host");
            });
        }

        @Test
        void isATimeoutWhereNobodyAnswersInTime() throws Exception {
            var full = new ArrayList<Socket>();
            try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                fillBacklog(deaf, full);
                long start = System.nanoTime();

                var failed = failureOf(() -> TcpClient.builder(Codec.lines())
                        .connectTimeout(Duration.ofMillis(200))
                        .connect("127.0.0.1", deaf.getLocalPort()));

                assertThat(failed.kind()).isEqualTo(Kind.TIMED_OUT);
                assertThat(failed).hasMessageContaining("did not answer in time");
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofMillis(190), Duration.ofSeconds(5));
            } finally {
                for (var socket : full) {
                    socket.close();
                }
            }
        }

        /** Connects until the kernel no longer answers. */
        private static void fillBacklog(ServerSocket deaf, List<Socket> full) throws IOException {
            var address = new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort());
            while (full.size() < 100) {
                var socket = new Socket();
                full.add(socket);
                try {
                    socket.connect(address, 200);
                } catch (SocketTimeoutException unanswered) {
                    return;
                }
            }
            throw new AssertionError("the kernel took 100 connections for a backlog of 1");
        }

        @Test
        void namesEveryAddressThatWasTried() throws Exception {
            int port;
            try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            var failed = failureOf(() -> TcpClient.connect("three-homes.test", port));

            assertThat(failed)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("127.0.0.2:" + port)
                    .hasMessageContaining(":1]:" + port);
        }

        @Test
        void ofTheLocalAddressIsNotCalledRefused() throws Exception {
            try (var server = server("127.0.0.1").start()) {
                // TEST-NET-1 of RFC 5737: an address no machine has.
                var failed = failureOf(() -> TcpClient.builder(Codec.lines())
                        .localAddress("192.0.2.1", 0)
                        .connect("127.0.0.1", server.port()));
                assertThat(failed.kind()).isEqualTo(Kind.FAILED);
            }
        }

        @Test
        void ofASettingSaysItsNameAndWhatIsAllowed() {
            assertThatThrownBy(() -> TcpClient.connect("127.0.0.1", 70_000))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("port is 70000, allowed are 0 to 65535");
        }
    }

    @Nested
    class ToldBusy {

        @Test
        void theNoticeIsReadThoughTheServerIsGoneAndTheWriteFails() throws Exception {
            try (var listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var client = TcpClient.connect("127.0.0.1", listening.getLocalPort())) {
                try (var server = listening.accept()) {
                    server.getOutputStream().write("BUSY\n".getBytes(StandardCharsets.UTF_8));
                }
                // The first write meets a closed socket, whose reset makes a later one fail; then none can be sent.
                assertThatThrownBy(() -> {
                    while (true) {
                        client.send("anybody?");
                        client.flush();
                    }
                }).isInstanceOf(ConnectionClosedException.class);

                assertThat(client.request("hello")).isEqualTo("BUSY");
            }
        }

        @Test
        void theNoticeOfAFullServerIsTheAnswer() throws Exception {
            try (var server = server("127.0.0.1").maxConnections(1).maxQueued(0).busyNotice("BUSY").start();
                    var first = TcpClient.connect("127.0.0.1", server.port())) {
                assertThat(first.request("a")).startsWith("a from");
                for (int i = 0; i < 50; i++) {
                    try (var second = TcpClient.connect("127.0.0.1", server.port())) {
                        assertThat(second.request("hello")).isEqualTo("BUSY");
                    }
                }
            }
        }
    }

    @Nested
    class ALookUpThatTakesItsTime {
        private final CountDownLatch over = new CountDownLatch(1);

        private Connector within(Duration limit) {
            return new Connector(_ -> {
                assertThatCode(over::await).doesNotThrowAnyException();
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
            }, Transport.portable(), new ConnectOptions(limit, null, OutputLimits.CLIENT, KeepAlive.NONE));
        }

        @Test
        void endsWithTheTimeForConnecting() throws Exception {
            for (var builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
                var connecting = new FutureTask<>(() -> failureOf(() -> within(Duration.ofMillis(200)).connect("slow.test", 1)));
                builder.start(connecting);

                assertThat(connecting.get(20, TimeUnit.SECONDS)).satisfies(failed -> {
                    assertThat(failed.kind()).isEqualTo(Kind.TIMED_OUT);
                    assertThat(failed).hasMessage("cannot connect to slow.test:1: the name was not looked up in time");
                });
            }
            over.countDown();
        }

        @Test
        void isNotNeededForAnAddress() throws Exception {
            try (var server = server("127.0.0.1").start()) {
                var link = within(Duration.ofSeconds(20)).connect("127.0.0.1", server.port());
                link.close();
            } finally {
                over.countDown();
            }
        }
    }
}
