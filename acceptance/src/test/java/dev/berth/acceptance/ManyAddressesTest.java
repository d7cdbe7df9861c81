package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One source that has many addresses, as anybody with IPv6 has. FAULTS A2. */
@Timeout(90)
class ManyAddressesTest {
    private static final String SERVED = "served";
    private static final String REFUSED = "refused";

    /** Connects to each DESTINATION from its SOURCE, keeps them all, and says of each whether it was served. */
    private static final String VISITOR = """
            import socket, sys
            kept = []
            for way in sys.argv[2:]:
                source, destination = way.split(">")
                visitor = socket.create_connection((destination, int(sys.argv[1])), 20, (source, 0))
                kept.append(visitor)
                try:
                    visitor.sendall(b"hello\\n")
                    said = visitor.recv(100)
                except ConnectionError:
                    said = b""
                print("served" if said else "refused", flush=True)
            sys.stdin.read()
            """;

    private Network network;
    private ServerProcess server;

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void start() throws Exception {
        Tools.require("python3", "python3", "--version");
        network = Network.alone();
        for (String address : List.of("fd00::1", "fd00::2", "fd00::ffff:ffff:ffff:3", "fd00:0:0:1::1")) {
            network.run("ip -6 addr add " + address + "/128 dev lo nodad");
        }
        server = ServerProcess.start(network.inside(), "host=::", "maxPerIp=2");
    }

    @AfterEach
    void end() {
        server.close();
        network.close();
    }

    private List<String> visit(String... ways) throws Exception {
        var command = new ArrayList<>(List.of("python3", "-c", VISITOR, String.valueOf(server.port())));
        command.addAll(List.of(ways));
        List<String> answers = new ArrayList<>();
        try (var visitor = new LineProcess(network.inside(command.toArray(String[]::new)))) {
            for (var _ : ways) {
                answers.add(visitor.hear());
            }
        }
        return answers;
    }

    @Test
    void allOfASlash64AreOne() throws Exception {
        assertThat(visit("fd00::1>fd00::1", "fd00::2>fd00::1", "fd00::ffff:ffff:ffff:3>fd00::1", "fd00:0:0:1::1>fd00::1"))
                .containsExactly(SERVED, SERVED, REFUSED, SERVED);
        assertThat(server.ask("refused")).isEqualTo(1);
    }

    @Test
    void anIpv4AddressThatIsWrittenAsIpv6IsTheSame() throws Exception {
        assertThat(visit("127.0.0.1>127.0.0.1", "::ffff:127.0.0.1>::ffff:127.0.0.1", "127.0.0.1>127.0.0.1",
                        "::ffff:127.0.0.1>::ffff:127.0.0.1", "::ffff:127.0.0.2>::ffff:127.0.0.1"))
                .containsExactly(SERVED, SERVED, REFUSED, REFUSED, SERVED);
    }
}
