package dev.berth.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

import dev.berth.connection.Connection;
import dev.berth.framing.Codec;

/** A running server for tests, and what is left of it afterwards: nothing. */
@Timeout(60)
final class ServerExtensionTest {

    @Test
    void oneServerServesAllTestsOfAClassAndIsGoneAfterwards() {
        Shared.PORTS.clear();
        Shared.CLIENTS.clear();

        run(Shared.class, 3);

        assertThat(Shared.PORTS).hasSize(1);
        assertThat(Shared.CLIENTS).hasSize(3).noneMatch(Connection::isOpen);
        Shared.PORTS.forEach(ServerExtensionTest::assertNobodyListens);
    }

    @Test
    void eachTestHasItsOwnServerIfTheFieldIsTheInstances() {
        Own.PORTS.clear();

        run(Own.class, 2);

        assertThat(Own.PORTS).hasSize(2);
        Own.PORTS.forEach(ServerExtensionTest::assertNobodyListens);
    }

    @Test
    void withoutRegistrationThereIsNoServer() {
        var forgotten = ServerExtension.lines(client -> {});

        assertThatThrownBy(forgotten::connect)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("@RegisterExtension");
    }

    private static void run(Class<?> tests, int expected) {
        EngineTestKit.engine("junit-jupiter")
                .selectors(DiscoverySelectors.selectClass(tests))
                .execute()
                .testEvents()
                .assertStatistics(seen -> seen.succeeded(expected).failed(0));
    }

    private static void assertNobodyListens(int port) {
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close()).isInstanceOf(ConnectException.class);
    }

    /** Run by the tests above, not found by itself: its name does not say Test. */
    static final class Shared {
        static final Set<Integer> PORTS = new HashSet<>();
        static final List<Connection<String>> CLIENTS = new ArrayList<>();

        @RegisterExtension
        static final ServerExtension<String> ECHO =
                ServerExtension.lines(client -> client.forEach(line -> client.send("got " + line)));

        @Test
        void first() throws Exception {
            talk();
        }

        @Test
        void second() throws Exception {
            talk();
        }

        @Nested
        final class Inside {

            @Test
            void third() throws Exception {
                talk();
            }
        }

        private static void talk() throws Exception {
            PORTS.add(ECHO.port());
            var client = ECHO.connect();
            CLIENTS.add(client);
            assertThat(client.request("a")).isEqualTo("got a");
        }
    }

    /** Run by the tests above. */
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static final class Own {
        static final Set<Integer> PORTS = new HashSet<>();
        private static @Nullable Connection<byte[]> before;

        @RegisterExtension
        final ServerExtension<byte[]> echo = ServerExtension.of(
                        Codec.bytes("len1"), client -> client.forEach(client::send))
                .with(server -> server.maxConnections(1).maxQueued(0).busyNotice(new byte[] {9}));

        @Test
        @Order(1)
        void itsSettingsHold() throws Exception {
            PORTS.add(echo.port());
            var client = echo.connect();
            before = client;

            assertThat(client.request(new byte[] {1})).containsExactly(1);
            assertThat(echo.connect().receive()).containsExactly(9);
        }

        @Test
        @Order(2)
        void theClientsOfTheTestBeforeAreClosed() throws Exception {
            PORTS.add(echo.port());

            assertThat(before).isNotNull().matches(client -> !client.isOpen());
            assertThat(echo.connect().request(new byte[] {2})).containsExactly(2);
        }
    }
}
