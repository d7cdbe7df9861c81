package dev.berth.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.berth.connection.Connection;
import dev.berth.connection.TruncatedException;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameWriter;
import dev.berth.proof.Baseline;
import dev.berth.proof.Signal;
import dev.berth.server.TcpServer;
import dev.berth.transport.ConnectionClosedException;

/** FAULTS E15: a server that dies while it sends: its client takes no half message for a whole one. */
@ExtendWith(Baseline.class)
class KilledServerTest {
    private static final int LIMIT_SECONDS = 30;
    private static final int CLIENTS = 100;

    /** What a client got, and how that ended; null for a clean end. */
    private record Got(List<String> messages, @Nullable IOException end) {}

    private static Got all(Connection<String> client) {
        var messages = new ArrayList<String>();
        try {
            for (String message; (message = client.receive()) != null; ) {
                messages.add(message);
            }
            return new Got(messages, null);
        } catch (IOException end) {
            return new Got(messages, end);
        }
    }

    /** The kernel of a killed process ends its streams; or resets them, where it had not read all. */
    @ParameterizedTest
    @CsvSource({
        "line, false", "line, true", "crlf, false", "len2be, false", "len2be, true", "varint, false", "stxetx, false", "slip, false",
        "cobs, false", "scpi, false", "len1~crc16-ccitt, false",
    })
    void cutAtEveryByteItsStreamIsWholeMessagesAndAnEndThatSaysSo(String framing, boolean reset) throws Exception {
        var sent = List.of("first", "the second one", "3");
        var wire = new ArrayList<Byte>();
        var boundaries = new ArrayList<Integer>(List.of(0));
        for (var message : sent) {
            var frame = new FrameWriter();
            Codec.text(framing).encode(message, frame);
            Codec.text(framing).framing().seal(frame);
            for (int i = 0; i < frame.length(); i++) {
                wire.add(frame.array()[frame.offset() + i]);
            }
            boundaries.add(wire.size());
        }
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int cut = 0; cut <= wire.size(); cut++) {
                byte[] part = new byte[cut];
                for (int i = 0; i < cut; i++) {
                    part[i] = wire.get(i);
                }
                try (var client = TcpClient.builder(Codec.text(framing)).connect("127.0.0.1", server.getLocalPort())) {
                    try (var dying = server.accept()) {
                        dying.getOutputStream().write(part);
                        if (reset) {
                            dying.setSoLinger(true, 0);
                        }
                    }
                    var got = all(client);

                    int last = cut;
                    int whole = (int) boundaries.stream().filter(boundary -> boundary > 0 && boundary <= last).count();
                    if (reset) {
                        assertThat(got.end()).as("after %d bytes", cut).isInstanceOf(ConnectionClosedException.class);
                        assertThat(sent.subList(0, whole)).as("after %d bytes", cut).startsWith(got.messages().toArray(String[]::new));
                    } else {
                        assertThat(got.messages()).as("after %d bytes", cut).isEqualTo(sent.subList(0, whole));
                        if (boundaries.contains(cut)) {
                            assertThat(got.end()).as("after %d bytes", cut).isNull();
                        } else {
                            assertThat(got.end()).as("after %d bytes", cut).isInstanceOf(TruncatedException.class);
                        }
                    }
                }
            }
        }
    }

    /** The child: sends numbered messages of all lengths to everybody, for ever. */
    static final class Child {
        private Child() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws Exception {
            var never = new Signal();
            var server = TcpServer.listen(0, Codec.bytes("len4be"), client -> {
                for (int i = 0; true; i++) {
                    client.send(message(i));
                    if (i % 20 == 0) {
                        // Others want a processor too.
                        never.within(Duration.ofMillis(1));
                    }
                }
            });
            System.out.println(server.port());
            server.awaitTermination();
        }
    }

    private static byte[] message(int number) {
        byte[] message = new byte[Integer.BYTES + number * 37 % 5_000];
        Arrays.fill(message, (byte) number);
        ByteBuffer.wrap(message).putInt(number);
        return message;
    }

    /** Five processes with a hundred clients each: five hundred streams that end wherever they happen to be. */
    @RepeatedTest(5)
    void killedWhileItSendsToAHundredClientsNoneOfThemGetsHalfAMessage() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(java, "-cp", "target/classes" + File.pathSeparator + "target/test-classes", Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        var receiving = new CountDownLatch(CLIENTS);
        var clients = new ArrayList<Thread>();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(String.valueOf(out.readLine()));
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(Thread.ofVirtual().start(() -> receiveAll(port, receiving, wrong)));
            }
            assertThat(receiving.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(new CountDownLatch(1).await(new Random().nextInt(100), TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            process.destroyForcibly();
        }
        for (var client : clients) {
            assertThat(client.join(Duration.ofSeconds(LIMIT_SECONDS))).isTrue();
        }
        assertThat(wrong).isEmpty();
    }

    private static void receiveAll(int port, CountDownLatch receiving, Queue<String> wrong) {
        int next = 0;
        try (var client = TcpClient.builder(Codec.bytes("len4be")).connect("127.0.0.1", port)) {
            for (byte[] message; (message = client.receive()) != null; next++) {
                if (!Arrays.equals(message, message(next))) {
                    wrong.add("message " + next + " of " + message.length + " bytes");
                }
                if (next == 0) {
                    receiving.countDown();
                }
            }
        } catch (IOException end) {
            // Truncated or reset: told, not delivered.
        }
        if (next == 0) {
            wrong.add("received nothing");
        }
    }
}
