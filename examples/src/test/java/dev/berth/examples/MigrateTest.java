package dev.berth.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.integration.ip.tcp.connection.TcpConnectionServerListeningEvent;
import org.springframework.integration.ip.tcp.serializer.AbstractByteArraySerializer;
import org.springframework.integration.ip.tcp.serializer.TcpCodecs;

import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;
import dev.berth.testkit.TestConnection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DelimiterBasedFrameDecoder;
import io.netty.handler.codec.Delimiters;
import io.netty.handler.codec.FixedLengthFrameDecoder;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LineBasedFrameDecoder;

/** What docs/migrate.md says of Netty and Spring Integration: both sides of each table do the same, and so do before and after. */
@Timeout(60)
final class MigrateTest {
    private static final Path PAGE = Path.of("../docs/migrate.md");
    private static final int MAX = 65_536;

    /** {@code | (BIG_ENDIAN, max, 0, 2, 0, 2) | len2be |}. */
    private static final Pattern LENGTH_ROW = Pattern.compile(
            "\\| `([A-Z_]+), max, (\\d+), (\\d+), (-?\\d+), (\\d+)` +\\| `(len[^`]+)` \\|.*");

    private static final Pattern NAMED_ROW = Pattern.compile("\\| `([A-Z]\\w+(?:\\.\\w+)?\\([^`]*\\))` +\\| `([^`]+)` \\|.*");

    private static final Map<String, ByteToMessageDecoder> NETTY = Map.of(
            "LineBasedFrameDecoder(max)", new LineBasedFrameDecoder(MAX),
            "DelimiterBasedFrameDecoder(max, Delimiters.nulDelimiter())",
                    new DelimiterBasedFrameDecoder(MAX, Delimiters.nulDelimiter()),
            "DelimiterBasedFrameDecoder(max, Unpooled.copiedBuffer(\";\", UTF_8))",
                    new DelimiterBasedFrameDecoder(MAX, Unpooled.copiedBuffer(new byte[] {';'})),
            "FixedLengthFrameDecoder(8)", new FixedLengthFrameDecoder(8));

    private static final Map<String, AbstractByteArraySerializer> SPRING = Map.of(
            "TcpCodecs.lf()", TcpCodecs.lf(),
            "TcpCodecs.crlf()", TcpCodecs.crlf(),
            "TcpCodecs.stxetx()", TcpCodecs.stxetx(),
            "TcpCodecs.singleTerminator((byte) 3)", TcpCodecs.singleTerminator((byte) 3),
            "TcpCodecs.lengthHeader1()", TcpCodecs.lengthHeader1(),
            "TcpCodecs.lengthHeader2()", TcpCodecs.lengthHeader2(),
            "TcpCodecs.lengthHeader4()", TcpCodecs.lengthHeader4());

    static List<MatchResult> lengthRows() throws IOException {
        return rows(LENGTH_ROW);
    }

    static List<MatchResult> namedRows() throws IOException {
        return rows(NAMED_ROW);
    }

    private static List<MatchResult> rows(Pattern pattern) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .flatMap(line -> pattern.matcher(line).results())
                .toList();
    }

    @Test
    void eachDecoderThatIsTriedIsInATable() throws IOException {
        var shown = namedRows().stream().map(row -> row.group(1)).toList();

        assertThat(shown).containsExactlyInAnyOrderElementsOf(
                Stream.concat(NETTY.keySet().stream(), SPRING.keySet().stream()).toList());
        assertThat(lengthRows()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("lengthRows")
    void lengthFieldsAreCutAlike(MatchResult row) throws IOException {
        var order = row.group(1).equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int offset = Integer.parseInt(row.group(2));
        int size = Integer.parseInt(row.group(3));
        int adjustment = Integer.parseInt(row.group(4));
        int strip = Integer.parseInt(row.group(5));
        var decoder = new LengthFieldBasedFrameDecoder(order, MAX, offset, size, adjustment, strip, true);
        var wire = Unpooled.buffer();
        for (int body = 1; body <= 20; body++) {
            // The decoder takes length + adjustment bytes after the field.
            int after = body + Math.max(0, adjustment);
            byte[] length = ByteBuffer.allocate(Long.BYTES).order(order).putLong(0, after - adjustment).array();
            wire.writeBytes("x".repeat(offset).getBytes(UTF_8));
            wire.writeBytes(length, order == ByteOrder.BIG_ENDIAN ? Long.BYTES - size : 0, size);
            wire.writeBytes("b".repeat(after).getBytes(UTF_8));
        }

        assertThat(cutByBerth(row.group(6), ByteBufUtil.getBytes(wire))).hasSize(20).isEqualTo(cutByNetty(decoder, wire));
    }

    @ParameterizedTest
    @MethodSource("namedRows")
    void othersAreCutAlike(MatchResult row) throws IOException {
        List<String> messages = List.of("12345678", "abcdefgh", "ABCDEFGH");
        var decoder = NETTY.get(row.group(1));
        if (decoder != null) {
            byte[] wire = framedByBerth(row.group(2), messages);
            assertThat(cutByNetty(decoder, Unpooled.copiedBuffer(wire))).isEqualTo(hex(messages));
            return;
        }
        var serializer = SPRING.get(row.group(1));
        assertThat(serializer).isNotNull();
        var wire = new ByteArrayOutputStream();
        for (String message : messages) {
            serializer.serialize(message.getBytes(UTF_8), wire);
        }
        assertThat(wire.toByteArray()).isEqualTo(framedByBerth(row.group(2), messages));
        assertThat(cutByBerth(row.group(2), wire.toByteArray())).isEqualTo(hex(messages));
    }

    @Test
    void nettyBeforeAndBerthAfterSayTheSame() throws Exception {
        var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            var netty = NettyCounter.start(group, 0);
            counts(((InetSocketAddress) netty.localAddress()).getPort());
        } finally {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
        }
        try (var berth = Counter.start(0)) {
            counts(berth.port());
        }
    }

    @Test
    void springBeforeSaysTheSame() throws Exception {
        System.setProperty("port", "0");
        try (var context = new AnnotationConfigApplicationContext()) {
            var port = new CompletableFuture<Integer>();
            context.addApplicationListener(event -> {
                if (event instanceof TcpConnectionServerListeningEvent listening) {
                    port.complete(listening.getPort());
                }
            });
            context.register(SpringCounter.class);
            context.refresh();
            counts(port.get(20, TimeUnit.SECONDS));
        } finally {
            System.clearProperty("port");
        }
    }

    private static List<String> cutByBerth(String notation, byte[] wire) throws IOException {
        List<String> frames = new ArrayList<>();
        try (var connection = TestConnection.open(Codec.bytes(notation)).peerSendsBytes(wire).peerEnds()) {
            for (byte[] frame; (frame = connection.receive()) != null; ) {
                frames.add(HexFormat.of().formatHex(frame));
            }
        }
        return frames;
    }

    private static List<String> cutByNetty(ByteToMessageDecoder decoder, ByteBuf wire) {
        List<String> frames = new ArrayList<>();
        var channel = new EmbeddedChannel(decoder);
        channel.writeInbound(wire);
        for (ByteBuf frame; (frame = channel.readInbound()) != null; ) {
            frames.add(ByteBufUtil.hexDump(frame));
            frame.release();
        }
        channel.finishAndReleaseAll();
        return frames;
    }

    private static byte[] framedByBerth(String notation, List<String> messages) {
        var wire = new ByteArrayOutputStream();
        for (String message : messages) {
            var frame = new FrameWriter().put(message.getBytes(UTF_8));
            Framing.parse(notation).seal(frame);
            wire.write(frame.array(), frame.offset(), frame.length());
        }
        return wire.toByteArray();
    }

    private static List<String> hex(List<String> messages) {
        return messages.stream().map(message -> HexFormat.of().formatHex(message.getBytes(UTF_8))).toList();
    }

    /** Two clients, each with a name and a count of its own. */
    private static void counts(int port) throws IOException {
        try (var first = TcpClient.connect("127.0.0.1", port, Codec.text("len2be"));
                var second = TcpClient.connect("127.0.0.1", port, Codec.text("len2be"))) {
            first.send("erste");
            second.send("zweite");
            assertThat(first.request("x")).isEqualTo("erste 1");
            assertThat(second.request("y")).isEqualTo("zweite 1");
            assertThat(first.request("z")).isEqualTo("erste 2");
        }
    }
}
