package dev.berth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.framing.Codec;
import dev.berth.framing.FramingException;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.PlatformTransport;
import dev.berth.server.TcpServer;

/** FAULTS B1, B3: what a peer announces costs nothing, only what it sends does. */
@ExtendWith(Baseline.class)
class AnnouncedLengthsTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int KIB = 1 << 10;
    /** Classes are loaded and messages composed for the first time on the first connections. */
    private static final int WARM_UPS = 20;

    private static Peer send(Peer peer, String hex) throws IOException {
        peer.socket().getOutputStream().write(HexFormat.of().parseHex(hex));
        return peer;
    }

    @ParameterizedTest
    @CsvSource({
        "len4be, 7fffffff, 0000000178", "len4be, 80000000, 0000000178", "len4be, ffffffff, 0000000178",
        "len4le, ffffff7f, 0100000078", "len3be, ffffff, 00000178", "len3le, ffffff, 01000078",
        "len8be, 00000000ffffffff, 000000000000000178", "len8be, 7fffffffffffffff, 000000000000000178",
        "len8be, 8000000000000000, 000000000000000178", "len8be, ffffffffffffffff, 000000000000000178",
        "len4be@2+2, 0000ffffffff, 0000000000017878ff", "varint, ffffffff7f, 0178",
    })
    void anEvilOneCostsLessThanAKibibyteMoreThanAFrame(String framing, String evil, String frame) throws Exception {
        BlockingQueue<Long> costs = new LinkedBlockingQueue<>();
        try (var server = TcpServer.builder(Codec.bytes(framing)).port(0).transport(new PlatformTransport()).handler(client -> {
            var here = Thread.currentThread();
            long before = PlatformTransport.allocated(here);
            try {
                client.receive();
            } catch (FramingException refused) {
                // What is counted next is its price.
            }
            costs.add(PlatformTransport.allocated(here) - before);
        }).start()) {
            for (var wire : List.of(frame, evil)) {
                for (int i = 0; i < WARM_UPS + 1; i++) {
                    try (var peer = send(Peer.of(server), wire)) {
                        peer.awaitEnd();
                    }
                }
            }
        }
        var each = List.copyOf(costs);
        assertThat(each.getLast() - each.get(WARM_UPS)).isLessThan(KIB);
    }

    @Test
    void aMebibyteAnnouncedAndAByteSentIsAFewKibibytes() throws Exception {
        assertThat(allocatedFor("0010000078", 200)).hasSize(200).allSatisfy(cost -> assertThat(cost).isLessThan(16L * KIB));
    }

    @Test
    void whatIsAllocatedGrowsWithWhatHasCome() throws Exception {
        int sent = 100 * KIB;

        assertThat(allocatedFor("00100000" + "78".repeat(sent), 5))
                .allSatisfy(cost -> assertThat(cost).isBetween((long) sent, 4L * sent));
    }

    /** How much each of so many clients' threads has allocated since its handler began, once all was received. */
    private static List<Long> allocatedFor(String hex, int clients) throws Exception {
        Map<Thread, Long> before = new ConcurrentHashMap<>();
        Map<Connection<byte[]>, Thread> here = new ConcurrentHashMap<>();
        var peers = new ArrayList<Peer>();
        try (var server = TcpServer.builder(Codec.bytes("len4be")).port(0).transport(new PlatformTransport()).handler(client -> {
            here.put(client, Thread.currentThread());
            before.put(Thread.currentThread(), PlatformTransport.allocated(Thread.currentThread()));
            client.receive();
        }).start()) {
            for (int i = 0; i < clients; i++) {
                peers.add(send(Peer.of(server), hex));
            }
            await().atMost(LIMIT).until(() -> before.size() == clients && here.keySet().stream()
                    .allMatch(client -> client.snapshot().bytesIn() == hex.length() / 2));
            // Its last read has returned; when it waits in the next one, it has made all the room for it.
            await().atMost(LIMIT).until(() -> here.values().stream().allMatch(AnnouncedLengthsTest::isReading));
            var costs = before.entrySet().stream()
                    .map(thread -> PlatformTransport.allocated(thread.getKey()) - thread.getValue())
                    .toList();
            for (var peer : peers) {
                peer.close();
            }
            return costs;
        }
    }

    private static boolean isReading(Thread thread) {
        var stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].isNativeMethod();
    }

    /** The child: one server for each framing, whose ports it prints. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws Exception {
            var servers = new ArrayList<TcpServer>();
            for (var framing : args) {
                servers.add(TcpServer.listen(0, Codec.bytes(framing), client -> client.forEach(client::send)));
            }
            for (var server : servers) {
                System.out.println(server.port());
            }
            servers.getFirst().awaitTermination();
        }
    }

    private static Process child(String... framings) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-cp", "target/classes" + File.pathSeparator + "target/test-classes",
                Child.class.getName()));
        command.addAll(List.of(framings));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    void tenThousandOfThemFitIntoSixtyFourMebibytes() throws Exception {
        var evil = List.of("7fffffff", "ffffffff", "ffffff", "8000000000000000");
        var process = child("len4be", "len4be", "len3be", "len8be");
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            for (var length : evil) {
                var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(String.valueOf(out.readLine())));
                for (int i = 0; i < 10_000 / evil.size(); i++) {
                    var peer = send(Peer.to(address), length);
                    peer.awaitEnd();
                    // No TIME_WAIT: ports run out.
                    peer.reset();
                }
                try (var honest = send(Peer.to(address), "0".repeat(length.length() - 1) + "10a")) {
                    assertThat(honest.line()).as("the echo, up to its line end").isNotNull();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
}
