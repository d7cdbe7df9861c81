package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.Handler;
import dev.berth.server.TcpServer;

/** {@code berth bench} against real servers. */
final class BenchTest {
    private static final long STALL_NANOS = 1_000_000_000;

    private static RunningCommand bench(TcpServer server, String options) {
        return RunningCommand.start(("bench " + server.port() + " " + options).split(" "));
    }

    private static TcpServer lines(Handler<String> handler) throws IOException {
        return TcpServer.listen(0, handler);
    }

    private static TcpServer echo() throws IOException {
        return lines(client -> client.forEach(client::send));
    }

    private static JsonNode json(RunningCommand bench) {
        return new ObjectMapper().readTree(bench.out());
    }

    /** A server that keeps all of its clients waiting for a second, once, at the message of this number. */
    private static TcpServer stallingEcho(int atMessage) throws IOException {
        AtomicInteger messages = new AtomicInteger();
        AtomicLong until = new AtomicLong(System.nanoTime());
        return lines(client -> client.forEach(line -> {
            if (messages.incrementAndGet() == atMessage) {
                until.set(System.nanoTime() + STALL_NANOS);
            }
            for (long left; (left = until.get() - System.nanoTime()) > 0; ) {
                LockSupport.parkNanos(left);
            }
            client.send(line);
        }));
    }

    @Nested
    final class AStallOfASecondTest {
        /** With a depth of 1 the messages that fall due meanwhile can't even be sent: they count from when they were due. */
        @ParameterizedTest
        @ValueSource(strings = {"", " --depth 1"})
        void isSeenAtARateByAllWhoWouldHaveAskedMeanwhile(String options) throws IOException {
            try (TcpServer server = stallingEcho(500);
                    RunningCommand bench = bench(server, "--rate 1000 --connections 4 --duration 3s --warm-up 0s --json -" + options)) {
                assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.DONE);

                JsonNode result = json(bench);
                assertThat(result.get("latencyBasis").asString()).contains("corrected for coordinated omission");
                assertThat(result.get("messages").asLong()).isEqualTo(3_000);
                assertThat(result.get("latencyNanos").get("p99.9").asLong()).isBetween(STALL_NANOS / 2, 5 * STALL_NANOS);
                // Of three seconds one is stalled: whoever was due in its first 900 ms waited for 100 ms and more.
                assertThat(shareSlowerThan(result, 100_000_000)).isCloseTo(0.3, within(0.15));
            }
        }

        @Test
        void isNotSeenByAClosedLoopWhichSaysSo() throws IOException {
            try (TcpServer server = stallingEcho(500);
                    RunningCommand bench = bench(server, "--connections 1 --duration 4s --warm-up 0s --json -")) {
                assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.DONE);

                JsonNode result = json(bench);
                assertThat(result.get("latencyBasis").asString()).isEqualTo("closed loop, not corrected");
                // One message has waited: among more than a thousand it is none of the slowest in a thousand.
                assertThat(result.get("messages").asLong()).isGreaterThan(1_000);
                assertThat(result.get("latencyNanos").get("max").asLong()).isGreaterThan(STALL_NANOS * 9 / 10);
                assertThat(result.get("latencyNanos").get("p99.9").asLong()).isLessThan(STALL_NANOS / 2);
            }
        }

        private static double shareSlowerThan(JsonNode result, long nanos) {
            double faster = 0;
            for (JsonNode step : result.get("percentiles")) {
                if (step.get("nanos").asLong() <= nanos) {
                    faster = step.get("messages").asDouble();
                }
            }
            return 1 - faster / result.get("messages").asDouble();
        }
    }

    @Nested
    final class ReportTest {
        @Test
        void theTextSaysWhatWasMeasuredAndHow() throws IOException {
            try (TcpServer server = echo();
                    RunningCommand bench = bench(server, "--connections 3 --depth 4 --size 100 --duration 200ms --warm-up 50ms")) {
                assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.DONE);
                assertThat(bench.err()).isEmpty();
                assertThat(bench.out().lines()).contains(
                        "127.0.0.1:" + server.port() + ": 3 connections, 4 in flight each, 100 bytes, --frame line",
                        "as fast as answers come for 0.2s after 0.1s of warm-up, timeout 5.0s",
                        "  errors      0",
                        "  latency     closed loop, not corrected");
                assertThat(bench.out()).containsPattern("throughput  [1-9][0-9,]* messages/s, [0-9.]+ MiB/s each way")
                        .containsPattern("p50 +[0-9.]+ ms").containsPattern("p99.99 +[0-9.]+ ms").containsPattern("max +[0-9.]+ ms")
                        .containsPattern("up to +[0-9.]+ ms +[0-9.]+%  #{40}\n");
            }
        }

        @Test
        void theJsonHasSettingsAndRisingPercentiles() throws IOException {
            try (TcpServer server = echo();
                    RunningCommand bench = bench(server, "--connections 2 --duration 200ms --warm-up 0s --json -")) {
                assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.DONE);

                JsonNode result = json(bench);
                assertThat(result.get("server").asString()).isEqualTo("127.0.0.1:" + server.port());
                assertThat(result.get("settings").get("connections").asInt()).isEqualTo(2);
                assertThat(result.get("settings").get("rate").isNull()).isTrue();
                assertThat(result.get("errors").isEmpty()).isTrue();
                assertThat(result.get("percentiles")).isNotEmpty();
                long before = 0;
                for (JsonNode step : result.get("percentiles")) {
                    assertThat(step.get("nanos").asLong()).isGreaterThanOrEqualTo(before);
                    before = step.get("nanos").asLong();
                }
                assertThat(before).isEqualTo(result.get("latencyNanos").get("max").asLong());
            }
        }

        @Test
        void filesAreWrittenAndTheSvgIsWellFormed(@TempDir Path folder) throws Exception {
            Path json = folder.resolve("result.json");
            Path svg = folder.resolve("result.svg");
            try (TcpServer server = echo();
                    RunningCommand bench = bench(server, "--duration 100ms --warm-up 0s --json " + json + " --svg " + svg)) {
                assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.DONE);
                assertThat(bench.out()).contains("throughput");
            }

            assertThat(new ObjectMapper().readTree(Files.readString(json)).get("messages").asLong()).isPositive();
            Document drawn = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
            assertThat(drawn.getDocumentElement().getTagName()).isEqualTo("svg");
            assertThat(drawn.getElementsByTagName("polyline").item(0).getAttributes().getNamedItem("points").getNodeValue())
                    .matches("([0-9.]+,[0-9.]+ ?){3,}");
        }

        @Test
        void anInterruptedRunReportsWhatItMeasured() throws IOException {
            AtomicInteger messages = new AtomicInteger();
            try (TcpServer server = lines(client -> client.forEach(line -> {
                        client.send(line);
                        messages.incrementAndGet();
                    }));
                    RunningCommand bench = bench(server, "--duration 1h --warm-up 0s")) {
                await().until(() -> messages.get() > 1_000);
                bench.interrupt();

                assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.DONE);
                assertThat(bench.out()).contains("ended early").containsPattern("messages    [1-9][0-9,]* in ");
            }
        }
    }

    @Nested
    final class FramingTest {
        @ParameterizedTest
        @ValueSource(strings = {"crlf", "len2be", "varint", "slip", "cobs", "fixed:64", "len2be~crc32", "stxetx", "raw"})
        void answersAreKnownInEveryFraming(String framing) throws IOException {
            assertMeasured(Codec.bytes(framing), "--frame " + framing + " --depth 5");
        }

        @Test
        void directionsMayDiffer() throws IOException {
            assertMeasured(Codec.bytes(Framing.of(Framing.line(), Framing.varint())),
                    "--frame-in varint --frame-out line --depth 5");
        }

        @Test
        void aLineIsTheSameWithAnotherEnd() throws IOException {
            assertMeasured(Codec.bytes(Framing.of(Framing.line(), Framing.crlf())),
                    "--frame line --depth 5");
        }

        @Test
        void moreUnderWayThanBuffersHoldEndsToo() throws IOException {
            assertMeasured(Codec.bytes("len4be"), "--frame len4be --size 512KiB --depth 40");
            assertMeasured(Codec.bytes("line"), "--depth 5000");
        }

        @Test
        void thousandsOfConnectionsHaveVirtualThreads() throws IOException {
            assertMeasured(Codec.bytes("line"), "--connections 300 --rate 10000");
            assertMeasured(Codec.bytes("line"), "--connections 300");
        }

        private static void assertMeasured(Codec<byte[]> codec, String options) throws IOException {
            try (TcpServer server = TcpServer.listen(0, codec, client -> client.forEach(client::send));
                    RunningCommand bench = bench(server, options + " --duration 200ms --warm-up 0s --json -")) {
                assertThat(bench.exitCode()).as(bench.err() + bench.out()).isEqualTo(ExitCode.DONE);
                assertThat(json(bench).get("messages").asLong()).isPositive();
            }
        }
    }

    @Nested
    final class ErrorsTest {
        @ParameterizedTest
        @ValueSource(strings = {"", " --rate 1000", " --depth 5000"})
        void wrongAnswersAreCountedAndShown(String options) throws IOException {
            try (TcpServer server = lines(client -> client.forEach(line -> client.send("you said " + line)));
                    RunningCommand bench = bench(server, "--connections 2 --size 20 --duration 30s" + options)) {
                assertThat(bench.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(bench.err()).contains("2 of 2 connections failed");
                assertThat(bench.out()).contains("    2 wrong answer: sent 'abcdefghijklmnopqrst' (20 bytes), got 'you said abcdefghijklmno' (29 bytes)");
            }
        }

        @Test
        void anAnswerThatIsLostIsAWrongOne() throws IOException {
            AtomicInteger messages = new AtomicInteger();
            try (TcpServer server = lines(client -> client.forEach(line -> {
                        if (messages.incrementAndGet() != 50) {
                            client.send(line);
                        }
                    }));
                    RunningCommand bench = bench(server, "--connections 1 --depth 2 --duration 30s --json -")) {
                assertThat(bench.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(json(bench).get("errors").get("WRONG_ANSWER").get("count").asInt()).isEqualTo(1);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " --rate 10000", " --depth 5000"})
        void aServerThatClosesMidwayIsAnError(String options) throws IOException {
            try (TcpServer server = lines(client -> {
                        for (int answers = 0; answers < 100; answers++) {
                            client.send(client.expect());
                        }
                        client.expect();
                    });
                    RunningCommand bench = bench(server, "--connections 3 --duration 30s --warm-up 0s --json -" + options)) {
                assertThat(bench.exitCode()).isEqualTo(ExitCode.FAILED);
                JsonNode errors = json(bench).get("errors");
                // With more under way the close finds bytes unread, which makes it a reset.
                assertThat(errors.path("CLOSED").path("count").asInt() + errors.path("BROKEN").path("count").asInt()).isEqualTo(3);
                assertThat(json(bench).get("measuredSeconds").asDouble()).isLessThan(20);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", " --rate 1000", " --depth 5000"})
        void aServerThatIsSilentIsATimeout(String options) throws IOException {
            try (TcpServer server = lines(client -> client.forEach(line -> {}));
                    RunningCommand bench = bench(server, "--connections 2 --duration 30s --timeout 200ms --json -" + options)) {
                assertThat(bench.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(json(bench).get("errors").get("TIMED_OUT").get("count").asInt()).isEqualTo(2);
            }
        }

        @Test
        void aRateThatIsTooHighIsAnError() throws IOException {
            try (TcpServer server = lines(client -> client.forEach(line -> {
                        LockSupport.parkNanos(10_000_000);
                        client.send(line);
                    }));
                    RunningCommand bench = bench(server,
                            "--connections 1 --rate 10000 --depth 1 --duration 200ms --warm-up 0s --timeout 200ms --json -")) {
                assertThat(bench.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(json(bench).get("errors").get("UNSENT").get("example").asString()).contains(" messages of one connection were due");
            }
        }

        @Test
        void nobodyListening() throws IOException {
            int port;
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                port = free.getLocalPort();
            }
            try (RunningCommand bench = RunningCommand.start("bench", Integer.toString(port))) {
                assertThat(bench.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(bench.errLines()).containsExactly(
                        "berth: 127.0.0.1:" + port + " refused the connection: nothing listens there; check host and port");
                assertThat(bench.out()).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "--connections 0|--connections is 0; allowed are 1 to 60000",
                    "--depth 0|--depth is 0; allowed are 1 to 1048576",
                    "--size 0|--size is 0; allowed are 1 to 67108864 bytes",
                    "--size 100KiB|--size 102400 is more than the largest message, 65536 bytes; give a larger --max-frame",
                    "--size 10 --frame fixed:9|--size 10 is more than the largest message, 9 bytes",
                    "--size 8 --frame fixed:9|--size 8 can't be sent as --frame fixed:9: ",
                    "--rate 0|--rate is 0; allowed are 1 to 100000000",
                    "--duration 0s|--duration is 0.0s; allowed are 1ms to 24h",
                    "--timeout 0s|--timeout is 0.0s; allowed are 1ms to 24h",
                    "--warm-up 25h|--warm-up is 25h 00m; allowed are 0s to 24h",
                    "--frame gap:20ms|--frame gap:20ms can't be measured: silence ends its messages",
                    "--json /no/such/folder/x|can't write /no/such/folder/x: its folder does not exist",
                    "--svg /|can't write /: it is a folder",
                    "two|'two' is one word too many",
                })
        void wrongUsageIsOneLine(String options, String message) {
            try (RunningCommand bench = RunningCommand.start(("bench 8080 " + options).split(" "))) {
                assertThat(bench.exitCode()).as(bench.err()).isEqualTo(ExitCode.WRONG_USAGE);
                assertThat(bench.errLines()).hasSize(1);
                assertThat(bench.err()).contains(message);
            }
        }
    }
}
