package dev.berth.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;
import dev.berth.framing.Codec;
import dev.berth.framing.FramingException;
import dev.berth.server.Closed;
import dev.berth.server.Handler;
import dev.berth.server.ServerEvents;
import dev.berth.server.TcpServer;
import dev.berth.transport.CloseReason;

@Timeout(60)
final class JsonOverSocketsTest {
    private final BlockingQueue<Closed> ends = new ArrayBlockingQueue<>(10);

    @ParameterizedTest
    @ValueSource(strings = {"line", "crlf", "nul", "len4be", "varint~crc32", "cobs"})
    void messagesGoBothWaysInAnyFraming(String framing) throws Exception {
        var codec = JsonCodec.of(Message.class, framing);
        try (var server = serve(codec, client -> client.forEach(message -> client.send(answer(message))));
                var client = connect(server, codec)) {
            assertThat(client.request(new Message.Alarm("a\nb\0c", Message.Level.LOW))).isEqualTo(new Message.Refused("a\nb\0c"));
            assertThat(client.request(new Message.Taken(7))).isEqualTo(new Message.Taken(7));
        }
    }

    @Test
    void peerWithoutBerthSeesOneValueOnALine() throws Exception {
        try (var server = serve(JsonCodec.of(Meter.class), client -> client.forEach(client::send));
                var client = connect(server, Codec.lines())) {
            assertThat(client.request("{ \"kwh\": 1.5, \"id\": \"M\" }")).isEqualTo("{\"id\":\"M\",\"kwh\":1.5}");
        }
    }

    @Test
    void whatIsNoMessageEndsItsOwnConnectionOnly() throws Exception {
        try (var server = serve(JsonCodec.of(Meter.class), client -> client.forEach(client::send));
                var broken = connect(server, Codec.lines());
                var other = connect(server, Codec.lines())) {
            broken.send("{\"id\":\"secret\",");

            assertThat(broken.receive()).isNull();
            assertThat(other.request("{\"id\":\"M\",\"kwh\":1.0}")).isEqualTo("{\"id\":\"M\",\"kwh\":1.0}");
            var end = ends.poll(30, TimeUnit.SECONDS);
            assertThat(end).isNotNull();
            assertThat(end.reason()).isEqualTo(CloseReason.BAD_FRAME);
            assertThat(end.cause()).isInstanceOf(FramingException.class).hasMessage("frame is not JSON: line 1, column 16");
        }
    }

    @Test
    void messageThatCannotBeWrittenLeavesTheConnectionAsItWas() throws Exception {
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", endless);
        var codec = JsonCodec.of(Object.class);
        try (var server = serve(codec, client -> client.forEach(client::send));
                var client = connect(server, codec)) {
            assertThatThrownBy(() -> client.send(endless))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Object can't be written as JSON");

            assertThat(client.request(Map.of("a", 1))).isEqualTo(Map.of("a", 1));
        }
    }

    private static Message answer(Message message) {
        return switch (message) {
            case Message.Alarm alarm -> new Message.Refused(alarm.text());
            case Message.Reading reading -> new Message.Taken(reading.channel());
            case Message.Answer answer -> answer;
        };
    }

    private <T> TcpServer serve(Codec<T> codec, Handler<T> handler) throws IOException {
        return TcpServer.builder(codec)
                .port(0)
                .events(new ServerEvents() {
                    @Override
                    public void closed(Closed end) {
                        ends.add(end);
                    }
                })
                .handler(handler)
                .start();
    }

    private static <T> Connection<T> connect(TcpServer server, Codec<T> codec) throws IOException {
        return TcpClient.connect("127.0.0.1", server.port(), codec);
    }
}
