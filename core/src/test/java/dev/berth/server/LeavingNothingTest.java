package dev.berth.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

import com.sun.management.OperatingSystemMXBean;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Histogram;
import dev.berth.proof.Peer;
import dev.berth.proof.Signal;

/** What an ended connection, or an ended process, leaves behind. */
@ExtendWith(Baseline.class)
class LeavingNothingTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Path TCP = Path.of("/proc/net/tcp");
    private static final Path TCP6 = Path.of("/proc/net/tcp6");
    private static final String TIME_WAIT = "06";

    /** The child: sends a word to whoever comes and ends first, so that the waiting is on its side. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws Exception {
            var server = TcpServer.listen(0, client -> client.send("bye"));
            System.out.println(server.port());
            server.awaitTermination();
        }
    }

    private static Process child() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = "target/classes" + File.pathSeparator + "target/test-classes";
        return new ProcessBuilder(java, "-cp", classes, Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** How many ends the kernel keeps for a while whose own port is this one. */
    private static long timeWaits(int port) throws IOException {
        var local = String.format(Locale.ROOT, ":%04X", port);
        long count = 0;
        for (var table : List.of(TCP, TCP6)) {
            try (var lines = Files.exists(table) ? Files.lines(table, US_ASCII) : Collections.<String>emptyList().stream()) {
                count += lines.map(line -> line.strip().split("\\s+"))
                        .filter(row -> row.length > 3 && row[1].endsWith(local) && row[3].equals(TIME_WAIT))
                        .count();
            }
        }
        return count;
    }

    /** A15: the port is there again at once, however the process ended and whatever the kernel still keeps. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aKilledProcesssPortIsBoundAgainAtOnceDespiteAThousandTimeWaits() throws Exception {
        var killed = child();
        int port;
        try (var out = killed.inputReader(StandardCharsets.UTF_8)) {
            port = Integer.parseInt(String.valueOf(out.readLine()));
            for (int i = 0; i < 1_000; i++) {
                try (var peer = Peer.to(address(port))) {
                    assertThat(peer.rest()).containsExactly("bye");
                }
            }
        } finally {
            killed.destroyForcibly();
        }
        assertThat(killed.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(timeWaits(port)).isGreaterThanOrEqualTo(1_000);

        try (var again = TcpServer.listen(port, client -> client.send("again"));
                var peer = Peer.of(again)) {
            assertThat(peer.line()).isEqualTo("again");
        }
    }

    /** A14: who ends first keeps the port busy for a minute; that is not the server where its clients end. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void clientsThatEndFirstLeaveNoTimeWaitOnTheServersPort() throws Exception {
        try (var server = TcpServer.listen(0, client -> client.forEach(client::send))) {
            // Others may have ended first where the port was theirs.
            long before = timeWaits(server.port());
            for (int i = 0; i < 100; i++) {
                try (var peer = Peer.of(server)) {
                    assertThat(peer.send("a").halfClose().rest()).containsExactly("a");
                }
            }
            await().atMost(LIMIT).until(() -> server.snapshot().closed() == 100);
            assertThat(timeWaits(server.port())).isLessThanOrEqualTo(before);
        }
    }

    /** A7: a connection that was half closed and is then reset costs no processor while its handler does something else. */
    @Test
    void resetsOfHalfClosedConnectionsCostNoProcessor() throws Exception {
        var processor = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        var window = Duration.ofMillis(300);
        var over = new Signal();
        var never = new Signal();
        try (var server = TcpServer.listen(0, client -> {
            while (client.receive() != null) {
                client.send("half closed?");
            }
            over.awaitStubbornly();
        })) {
            for (int i = 0; i < 50; i++) {
                var peer = Peer.of(server);
                assertThat(peer.send("a").line()).isEqualTo("half closed?");
                peer.halfClose().reset();
            }
            // Compilers and collectors work too, for a while; what spins does so in every window.
            await().atMost(LIMIT).until(() -> {
                long before = processor.getProcessCpuTime();
                never.within(window);
                return processor.getProcessCpuTime() - before < window.toNanos() / 10;
            });
            over.give();
        }
    }

    /** E10: nothing keeps a connection once it has ended, while the server runs on. */
    @Test
    void anEndedConnectionIsNotKept() throws Exception {
        int clients = 1_000;
        List<WeakReference<Connection<?>>> ended = Collections.synchronizedList(new ArrayList<>());
        var events = new ServerEvents() {
            @Override
            public void opened(Connection<?> client) {
                ended.add(new WeakReference<>(client));
            }
        };
        try (var server = TcpServer.builder(Codec.lines()).port(0).events(events)
                .handler(client -> client.forEach(client::send)).start()) {
            for (int i = 0; i < clients; i++) {
                try (var peer = Peer.of(server).send("a")) {
                    assertThat(peer.line()).isEqualTo("a");
                }
            }
            await().atMost(LIMIT).until(() -> server.snapshot().closed() == clients);
            await().atMost(LIMIT).until(() -> {
                System.gc();
                return ended.stream().map(WeakReference::get).noneMatch(Objects::nonNull);
            });
            assertThat(ended).hasSize(clients);
        }
    }

    /** E10: counted on the heap: ten thousand that came and went have left not one object of ours. */
    @Test
    void tenThousandEndedConnectionsLeaveNoObjectOfOurs() throws Exception {
        var ours = "dev\\.berth\\.(server|connection|transport|framing)\\..*";
        try (var server = TcpServer.listen(0, client -> client.forEach(client::send))) {
            comeAndGo(server, 100);
            await().atMost(LIMIT).until(() -> server.snapshot().clients().isEmpty());
            long before = Histogram.live(ours);

            comeAndGo(server, 10_000);

            await().atMost(LIMIT).untilAsserted(() -> assertThat(Histogram.live(ours)).isLessThanOrEqualTo(before + 20));
            assertThat(server.snapshot().closed()).isEqualTo(10_100);
        }
    }

    private static void comeAndGo(TcpServer server, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (var peer = Peer.of(server).send("a")) {
                assertThat(peer.line()).isEqualTo("a");
                // No TIME_WAIT: ports run out.
                peer.reset();
            }
        }
    }

    @Test
    @SuppressWarnings("try")
    void promisesToDrainOnShutdownLeaveNoServer() throws Exception {
        String server = TcpServer.class.getName().replace(".", "\\.");
        long before = Histogram.live(server);
        for (int i = 0; i < 10; i++) {
            try (var promised = TcpServer.listen(0, client -> client.forEach(client::send))) {
                promised.drainOnShutdown().drainOnShutdown(Duration.ofSeconds(1)).close();
                // One that has ended has nothing to drain.
                promised.drainOnShutdown();
            }
        }

        await().atMost(LIMIT).untilAsserted(() -> assertThat(Histogram.live(server)).isLessThanOrEqualTo(before));
    }
}
