package dev.berth.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import com.acme.Meter;

import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.Closed;
import dev.berth.server.Handler;
import dev.berth.server.ServerEvents;
import dev.berth.server.TcpServer;
import dev.berth.testkit.TestConnection;

/** The listings of docs/guide/handlers.md: compiled, run, and compared by {@link DocumentsTest}. */
@Timeout(60)
final class HandlersGuideTest {

    /** What a meter reports. */
    record Reading(int meter, long value) {}

    public static Codec<Reading> codec() {
        return Codec.of(
                Framing.parse("fixed:12"),
                frame -> new Reading(frame.asByteBuffer().getInt(), frame.asByteBuffer().getLong(4)),
                (reading, out) -> out.putInt(reading.meter()).putLong(reading.value()));
    }

    @Test
    void aHandler() throws Exception {
        var meter = TestConnection.of("5", "7");
        new Meter().handle(meter);
        assertThat(meter.sent()).containsExactly("sum 5", "sum 12");
    }

    @Test
    void messagesOfYourOwn() throws Exception {
        var meter = TestConnection.of(codec(), new Reading(7, 1L << 40));
        assertThat(meter.receive()).isEqualTo(new Reading(7, 1L << 40));
    }

    @Test
    void state() throws Exception {
        Map<String, LongAdder> totals = new ConcurrentHashMap<>();
        Handler<String> handler = meter -> {
            String name = meter.expect();
            meter.forEach(line -> {
                totals.computeIfAbsent(name, _ -> new LongAdder()).add(Long.parseLong(line));
                meter.send("OK " + totals.get(name));
            });
        };
        var meter = TestConnection.of("m1", "5", "7");
        handler.handle(meter);
        assertThat(meter.sent()).containsExactly("OK 5", "OK 12");
    }

    @Test
    void events() throws IOException {
        var events = new ServerEvents() {
            @Override
            public void closed(Closed client) {
                System.out.println(client.peer() + " " + client.reason().text() + " after " + client.framesIn() + " lines");
            }
        };
        var server = TcpServer.builder(Codec.lines()).port(0).events(events).handler(new Meter()).start();
        try (server) {
            try (var client = TcpClient.connect("127.0.0.1", server.port())) {
                assertThat(client.request("5")).isEqualTo("sum 5");
            }
            await().until(() -> server.snapshot().closed() == 1);
        }
    }
}
