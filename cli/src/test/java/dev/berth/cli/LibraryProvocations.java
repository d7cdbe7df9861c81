package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.framing.FrameCursor;
import dev.berth.framing.FrameView;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;
import dev.berth.framing.LengthField;
import dev.berth.server.Streams;
import dev.berth.server.TcpServer;

/** Misuses the library and its framings, by the text that is thrown; each returns it. */
final class LibraryProvocations {
    static final Map<String, Callable<String>> BY_TEXT = new LinkedHashMap<>();

    static {
        BY_TEXT.put("no answer from <address> within 0.05s", () -> said(client -> client.request("x", Duration.ofMillis(50))));
        BY_TEXT.put("nothing from <address> within 0.05s", () -> said(client -> client.receive(Duration.ofMillis(50))));
        BY_TEXT.put("peer <address> ended without another message", () -> said(client -> {
            client.shutdownOutput();
            client.expect();
        }));
        BY_TEXT.put("connection ended: completed", () -> said(client -> {
            client.close();
            client.send("x");
        }));
        BY_TEXT.put("#<number> <address> goes on with another codec: use what switchTo returned", () -> said(client -> {
            client.switchTo(Codec.bytes("raw"));
            client.receive();
        }));
        BY_TEXT.put("input() needs the framing raw, and #<number> <address> has line", () -> said(Connection::input));
        BY_TEXT.put("another thread is receiving on #<number> <address>", () -> said(client -> {
            var other = Thread.ofVirtual().start(() -> {
                try {
                    client.receive();
                } catch (IOException ended) {
                    // The test is over.
                }
            });
            while (other.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            client.receive();
        }));
        BY_TEXT.put("Read timed out", () -> {
            var said = new CompletableFuture<String>();
            try (TcpServer server = TcpServer.builder(Codec.bytes("raw")).port(0).firstByteTimeout(Duration.ofMillis(50))
                            .handler(Streams.handler((in, _) -> said.complete(thrown(in::read))))
                            .start();
                    var _ = TcpClient.connect("127.0.0.1", server.port())) {
                return said.get(20, TimeUnit.SECONDS);
            }
        });
        BY_TEXT.put("handler must be given", () -> thrown(() -> TcpServer.builder(Codec.lines()).port(0).start()));
        BY_TEXT.put("connectTimeout is 0s, allowed are 1ms to 24h", () -> thrown(
                () -> TcpClient.builder(Codec.lines()).connectTimeout(Duration.ZERO).connect("127.0.0.1", 1)));
        BY_TEXT.put("drainOnShutdown is -1s, allowed are 0s and more", () -> {
            try (TcpServer server = TcpServer.listen(0, client -> client.forEach(client::send))) {
                return thrown(() -> server.drainOnShutdown(Duration.ofSeconds(-1)));
            }
        });
        BY_TEXT.put("port is 65536, allowed are 0 to 65535", () -> thrown(() -> TcpClient.connect("127.0.0.1", 65_536)));
        BY_TEXT.put("cannot listen on <address>: <error>", () -> {
            try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return thrown(() -> TcpServer.listen(taken.getLocalPort(), _ -> {}));
            }
        });
        BY_TEXT.put("cannot connect to 127.0.0.1:<port>: <address> refused: nothing listens there",
                () -> thrown(() -> TcpClient.connect("127.0.0.1", TalkProvocations.freePort())));
        BY_TEXT.put("cannot connect to no..such..host:80: unknown host", () -> thrown(() -> TcpClient.connect("no..such..host", 80)));
        BY_TEXT.put("frame is no message: <error>", () -> {
            var numbers = Codec.of(Framing.line(), frame -> Integer.parseInt(frame.utf8()), (number, out) -> out.put(number.toString().getBytes(UTF_8)));
            try (TcpServer server = TcpServer.listen(0, client -> client.send("eleven"))) {
                return thrown(() -> TcpClient.connect("127.0.0.1", server.port(), numbers).receive());
            }
        });
        BY_TEXT.put("byte 0xff at position 0 is not UTF-8, first bytes <bytes>", () -> {
            try (TcpServer server = TcpServer.listen(0, Codec.bytes("line"), client -> client.send(new byte[] {-1, 1}))) {
                return thrown(() -> TcpClient.connect("127.0.0.1", server.port()).receive());
            }
        });
        framings();
    }

    private static void framings() {
        BY_TEXT.put("length 257 does not fit the length field of len1!, at most 255", () -> thrown(
                () -> Framing.parse("len1!").withMaxFrameBytes(256).seal(new FrameWriter().put(new byte[256]))));
        BY_TEXT.put("cobs frame of 255 bytes, first bytes <bytes> (maxFrameBytes 254, --max-frame)", () -> {
            // Two blocks of 127 bytes, with a zero between them.
            byte[] frame = new byte[257];
            Arrays.fill(frame, 0, 256, (byte) 'a');
            frame[0] = (byte) 128;
            frame[128] = (byte) 128;
            FrameCursor cursor = new FrameCursor();
            cursor.over(frame, 0, frame.length);
            return thrown(() -> Framing.cobs().withMaxFrameBytes(254).next(cursor));
        });
        BY_TEXT.put("slip: more than 2 empty frames in a row (maxFrameBytes 2, --max-frame)", () -> {
            byte[] ends = {(byte) 0xc0, (byte) 0xc0, (byte) 0xc0};
            FrameCursor cursor = new FrameCursor();
            Framing limited = Framing.slip().withMaxFrameBytes(2);
            return thrown(() -> {
                for (int arrived = 1; arrived <= ends.length; arrived++) {
                    cursor.over(ends, 0, arrived);
                    limited.next(cursor);
                }
            });
        });
        BY_TEXT.put("framing of 257 characters; allowed: at most 256", () -> thrown(() -> Framing.parse("x".repeat(257))));
        BY_TEXT.put("length field of 5 bytes; allowed: 1, 2, 3, 4, 8", () -> thrown(() -> LengthField.bigEndian(5)));
        BY_TEXT.put("offset of 70000 bytes; allowed: 0 to 65535", () -> thrown(() -> LengthField.bigEndian(2).keptAt(70_000)));
        BY_TEXT.put("delimiter of 17 bytes; allowed: 1 to 16 bytes", () -> thrown(() -> Framing.delimited(new byte[17])));
        BY_TEXT.put("framing 'line in, cr out' can't be inside another; put Framing.of outermost",
                () -> thrown(() -> Framing.magic(new byte[1], Framing.of(Framing.line(), Framing.cr()))));
        BY_TEXT.put("char 0xd800 at position 0 is half a surrogate pair: not UTF-8", () -> said(client -> client.send("\ud800")));
        BY_TEXT.put("text has characters that US-ASCII can't write", () -> thrown(
                () -> Codec.text("line", StandardCharsets.US_ASCII).encode("ä", new FrameWriter())));
        BY_TEXT.put("charset ISO-2022-CN can only read; choose one that also writes",
                () -> thrown(() -> Codec.text("line", Charset.forName("ISO-2022-CN"))));
        BY_TEXT.put("frame view used after its frame was done: keep toByteArray() or a text instead", () -> {
            var kept = new AtomicReference<FrameView>();
            try (TcpServer server = TcpServer.listen(0, client -> client.send("x"));
                    var client = TcpClient.connect("127.0.0.1", server.port())) {
                client.receive(view -> {
                    kept.set(view);
                    return view;
                });
                return thrown(() -> kept.get().utf8());
            }
        });
    }

    private interface Act {
        void on(Connection<String> client) throws Exception;
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private LibraryProvocations() {}

    /** What a client of a server that only listens is told. */
    private static String said(Act act) throws Exception {
        try (TcpServer server = TcpServer.listen(0, client -> client.forEach(_ -> {}));
                Connection<String> client = TcpClient.connect("127.0.0.1", server.port())) {
            return thrown(() -> act.on(client));
        }
    }

    private static String thrown(Attempt attempt) {
        try {
            attempt.run();
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
        return "nothing was thrown";
    }
}
