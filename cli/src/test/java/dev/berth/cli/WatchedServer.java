package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

import dev.berth.cli.output.LogFormat;
import dev.berth.cli.output.Logs;
import dev.berth.cli.serving.ClientLog;
import dev.berth.framing.Codec;
import dev.berth.server.Handler;
import dev.berth.server.ServerBuilder;
import dev.berth.server.TcpServer;

/** A server of lines with a handler of the test's own, and with the log lines that the command would print. */
final class WatchedServer implements AutoCloseable {
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final Logs logs = new Logs(lines, StandardCharsets.UTF_8, LogFormat.TEXT);
    private final TcpServer server;

    WatchedServer(UnaryOperator<ServerBuilder<String>> settings, Handler<String> handler) throws IOException {
        ClientLog log = new ClientLog(new ClientLog.Place(logs.clients(), "", _ -> ""), ClientLog.Unit.FRAMES, System::nanoTime);
        server = settings.apply(TcpServer.builder(Codec.lines()).port(0)).events(log).handler(handler).start();
    }

    TcpServer server() {
        return server;
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    /** Connects, says a line, and waits until it is accepted. */
    Socket connectAndSpeak() throws IOException {
        Socket client = connect();
        client.getOutputStream().write("hi\n".getBytes(StandardCharsets.UTF_8));
        await().until(() -> server.snapshot().accepted() > 0);
        return client;
    }

    /** What was logged, once this is among it. */
    String logged(String part) {
        await().untilAsserted(() -> assertThat(lines.toString(StandardCharsets.UTF_8)).contains(part));
        return lines.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
        logs.close();
    }
}
