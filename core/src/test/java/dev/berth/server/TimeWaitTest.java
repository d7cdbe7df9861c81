package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.RecordingEvents;

/** Who ends first keeps the port for a minute, in TIME_WAIT: it must not be the server that has thousands. FAULTS A14. */
@ExtendWith(Baseline.class)
class TimeWaitTest {
    /** A socket of the JDK speaks IPv4 as IPv6, where there is IPv6. */
    private static final List<Path> CONNECTIONS = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String TIME_WAIT = "06";
    private static final int CLIENTS = 20;

    private final RecordingEvents events = new RecordingEvents();

    @Test
    void aClientThatEndsItselfLeavesNoneOnTheServersSide() throws Exception {
        try (var server = TcpServer.builder(Codec.lines()).port(0).events(events)
                .handler(client -> client.forEach(client::send)).start()) {
            for (int i = 0; i < CLIENTS; i++) {
                int port;
                try (var peer = Peer.of(server)) {
                    assertThat(peer.send("hello").line()).isEqualTo("hello");
                    port = peer.port();
                }
                events.nextClosed();

                assertThat(isInTimeWait(port, server.port())).as("the client's side").isTrue();
                assertThat(isInTimeWait(server.port(), port)).as("the server's side").isFalse();
            }
        }
    }

    private static boolean isInTimeWait(int port, int remotePort) throws IOException {
        // Addresses and ports are in hexadecimal: local, remote, state.
        var row = Pattern.compile(String.format(Locale.ROOT, ":%04X \\w+:%04X %s ", port, remotePort, TIME_WAIT));
        for (var connections : CONNECTIONS) {
            if (row.matcher(Files.readString(connections)).find()) {
                return true;
            }
        }
        return false;
    }
}
