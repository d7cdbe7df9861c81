package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client's machine has no port left to come from: a network of its own with twenty of them makes it cheap. FAULTS A14. */
@Timeout(90)
class PortsRunOutTest {
    private static final String MAIN = "dev.berth.acceptance.program.PortUser";
    private static final int PORTS = 20;
    /** Alone in its network, the server may have any. */
    private static final int SERVERS_PORT = 7_000;

    @Test
    void theClientSaysSoAtOnceLeaksNothingAndComesBackWithTheNextFreePort() throws Exception {
        try (var network = Network.alone()) {
            network.run("sysctl -qw net.ipv4.ip_local_port_range='40000 " + (40_000 + PORTS - 1) + "'");
            try (var server = ServerProcess.start(network.inside(), "port=" + SERVERS_PORT);
                    var client = new LineProcess(network.inside(
                            JavaProgram.java(), "-cp", JavaProgram.jars(), MAIN, String.valueOf(server.port())))) {
                // The server's warm-up may hold one in TIME_WAIT.
                assertThat(said(client, "held")).isIn(List.of(String.valueOf(PORTS), String.valueOf(PORTS - 1)));
                assertThat(said(client, "kind")).isEqualTo("FAILED");
                assertThat(said(client, "message")).contains("Cannot assign requested address")
                        .contains("no port of this machine is free for one more connection to it");
                assertThat(Long.parseLong(said(client, "took"))).as("milliseconds for a hundred tries").isLessThan(10_000);
                assertThat(said(client, "leaked")).isEqualTo("0");
                assertThat(said(client, "again")).isEqualTo(Reply.answer("hello"));
            }
        }
    }

    private static String said(LineProcess client, String word) throws InterruptedException {
        return client.hear(line -> line.startsWith(word + " ")).substring(word.length() + 1);
    }
}
