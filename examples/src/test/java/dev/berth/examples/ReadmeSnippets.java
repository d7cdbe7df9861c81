package dev.berth.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

import dev.berth.client.TcpClient;
import dev.berth.framing.Codec;
import dev.berth.json.JsonCodec;
import dev.berth.server.Streams;
import dev.berth.server.TcpServer;
import dev.berth.server.WhenFull;

/** README's listings that are no program of their own: compiled, not run. {@link DocumentsTest} compares them. */
final class ReadmeSnippets {

    private ReadmeSnippets() {}

    static void client() throws IOException {
        try (var client = TcpClient.connect("192.168.0.50", 8080)) {
            System.out.println(client.request("hello"));
        }
    }

    static void device() throws IOException {
        TcpServer.listen(5023, Codec.bytes("len1@2+2"), device -> {
            byte[] login = device.expect();
            device.send(ack(login));
            for (byte[] frame; (frame = device.receive()) != null; ) {
                device.send(ack(frame));
            }
        });
    }

    static void login() throws IOException {
        TcpServer.listen(5027, Codec.text("len2be"), tracker -> {
            String imei = tracker.expect();
            tracker.switchTo(Codec.bytes("len4be@4+4")).forEach(frame -> store(imei, frame));
        });
    }

    static void json() throws IOException {
        record Meter(String id, double kwh) {}
        TcpServer.listen(9100, JsonCodec.of(Meter.class), client -> client.forEach(meter ->
                client.send(new Meter(meter.id(), meter.kwh() + 0.1))));
    }

    static void oldFunction() throws IOException {
        TcpServer.listen(9000, Streams.handler((in, out) -> OldServer.handle(in, out)));
    }

    static void limits() throws IOException {
        TcpServer.builder(Codec.lines())
                .bind("0.0.0.0", 8080)
                .maxConnections(10_000)
                .whenFull(WhenFull.WAIT)
                .maxQueued(1_024)
                .queueTimeout(Duration.ofSeconds(5))
                .queueNotice(position -> "WAIT " + position)
                .busyNotice("BUSY")
                .handler(client -> client.forEach(client::send))
                .start()
                .drainOnShutdown();
    }

    /** A function from before, of the reader's own. */
    private static final class OldServer {
        static void handle(InputStream in, OutputStream out) throws IOException {
            in.transferTo(out);
        }
    }

    private static void store(String imei, byte[] frame) {
        System.out.println(imei + " sent " + frame.length + " bytes");
    }

    private static byte[] ack(byte[] frame) {
        return frame.clone();
    }
}
