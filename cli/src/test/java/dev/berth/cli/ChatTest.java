package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.berth.client.TcpClient;
import dev.berth.connection.Connection;

/** {@code berth serve --handler chat}: one room, in which nobody disturbs anybody. */
final class ChatTest {
    private static Connection<String> connect(RunningCommand server) throws IOException {
        return TcpClient.connect("127.0.0.1", Integer.parseInt(server.port()));
    }

    /** Has the client say its first word; whoever has been announced is in the room. */
    private static void join(RunningCommand server, Connection<String> client) throws IOException {
        client.send("here");
        client.flush();
        server.awaitErr("127.0.0.1:" + client.localAddress().getPort() + " connected");
    }

    private static void say(Connection<String> client, String message) throws IOException {
        client.send(message);
        client.flush();
    }

    /** The next message but for first words. */
    private static String hear(Connection<String> client) throws IOException {
        String heard = "here";
        while ("here".equals(heard)) {
            heard = client.receive(Duration.ofSeconds(20));
        }
        return String.valueOf(heard);
    }

    @Test
    void aSlowReaderIsCutAndTheRoomGoesOn() throws Exception {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "chat");
                Connection<String> slow = connect(server);
                Connection<String> talker = connect(server);
                Connection<String> listener = connect(server)) {
            join(server, slow);
            join(server, talker);
            join(server, listener);
            String message = "m".repeat(60_000);

            for (int sent = 0; !server.err().contains("closed: slow reader") && sent < 1_000; sent++) {
                say(talker, message);
                assertThat(hear(listener)).isEqualTo(message);
            }

            server.awaitErr("127.0.0.1:" + slow.localAddress().getPort() + " closed: slow reader");
            say(talker, "bye");
            assertThat(hear(listener)).isEqualTo("bye");
        }
    }

    @Test
    void chatReachesAllOthersAndALeaverDisturbsNobody() throws Exception {
        try (RunningCommand server = RunningCommand.start("serve", "0", "--handler", "chat");
                Connection<String> a = connect(server);
                Connection<String> b = connect(server)) {
            join(server, a);
            join(server, b);
            try (Connection<String> leaver = connect(server)) {
                say(leaver, "c is here");
                assertThat(hear(a)).isEqualTo("c is here");
                assertThat(hear(b)).isEqualTo("c is here");
            }

            say(a, "to b");
            assertThat(hear(b)).isEqualTo("to b");
            say(b, "to a");
            assertThat(hear(a)).as("not its own message").isEqualTo("to a");
        }
    }
}
