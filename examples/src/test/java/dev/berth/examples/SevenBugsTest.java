package dev.berth.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.server.TcpServer;
import dev.berth.transport.CloseReason;

/** Each numbered bug of docs/migrate.md is seen on a real socket, and not seen with what replaces it. */
@Timeout(60)
final class SevenBugsTest {
    private static final int PLACES = 50;

    @SuppressWarnings("NullAway.Init") // set before each test
    private OldServer old;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TcpServer berth;

    @BeforeEach
    void start() throws IOException {
        old = OldServer.start();
        berth = Readings.start(0);
    }

    @AfterEach
    void end() throws IOException {
        old.close();
        berth.close();
    }

    private StoryClient berthClient() throws IOException {
        return StoryClient.connect(berth.port());
    }

    @Test
    void bug1OneSilentClientKeepsAllOthersOut() throws IOException {
        try (var _ = old.connect();
                var second = old.connect()) {
            second.send("METER\n5");
            assertThat(second.receiveOrSilence()).isEmpty();
            assertThat(old.talking()).isZero();
        }
        try (var _ = berthClient();
                var second = berthClient()) {
            second.send("METER\n5");
            assertThat(second.receive()).isEqualTo("OK");
        }
    }

    @Test
    void bug2OneClientsErrorEndsTheServer() throws IOException {
        old.connect().leave();
        await().until(() -> !old.isAccepting());

        berthClient().leave();
        try (var next = berthClient()) {
            next.send("METER\n5");
            assertThat(next.receive()).isEqualTo("OK");
        }
    }

    @Test
    void bug3ThereIsAThreadForAsManyAsCome() throws IOException {
        List<StoryClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i <= PLACES; i++) {
                var client = old.connect();
                clients.add(client);
                client.send("METER");
            }
            await().until(() -> old.talking() == PLACES + 1);

            for (int i = 0; i <= PLACES; i++) {
                clients.add(berthClient());
            }
            await().until(() -> berth.snapshot().live() == PLACES && berth.snapshot().waiting() == 1);
        } finally {
            for (var client : clients) {
                client.leave();
            }
        }
    }

    @Test
    void bug4TheFirstReadingIsTakenForAPartOfTheLogin() throws IOException {
        try (var meter = old.connect()) {
            meter.send("METER\n5");
            await().until(() -> old.talking() == 1);
            assertThat(meter.receiveOrSilence()).isEmpty();
        }
        try (var meter = berthClient()) {
            meter.send("METER\n5");
            assertThat(meter.receive()).isEqualTo("OK");
        }
    }

    @Test
    void bug5ALineWithoutAnEndIsKeptWhateverItsSize() throws IOException {
        // More than the kernel can hold between the two, so the server has taken much of it when the last is sent.
        String endless = "9".repeat(1 << 20);
        try (var meter = old.connect()) {
            meter.send("METER");
            await().until(() -> old.talking() == 1);
            for (int megabyte = 0; megabyte < 16; megabyte++) {
                meter.sendPart(endless);
            }
            assertThat(meter.receiveOrSilence()).isEmpty();
            meter.leaveRudely();
        }
        try (var meter = berthClient()) {
            meter.send("METER");
            meter.sendPart("9".repeat(1_001));
            assertThatThrownBy(meter::receive).isInstanceOf(IOException.class);
            await().until(() -> berth.snapshot().closedBy().containsKey(CloseReason.FRAME_TOO_LARGE));
        }
    }

    @Test
    void bug6LinesOfTwoThreadsGetMixedUp() throws Exception {
        try (var display = old.connect();
                var first = old.connect();
                var second = old.connect()) {
            display.send("DISPLAY");
            await().until(() -> old.talking() == 1);
            first.send("METER");
            await().until(() -> old.talking() == 2);
            second.send("METER");
            await().until(() -> old.talking() == 3);
            var meters = List.of(readings(first), readings(second));

            String line;
            do {
                line = display.receive();
            } while (line.equals("reading 5"));

            assertThat(line).matches("(reading 5)*");
            meters.forEach(Thread::interrupt);
        }
    }

    @Test
    void bug6IsNotSeenWithBerth() throws Exception {
        try (var display = berthClient();
                var first = berthClient();
                var second = berthClient()) {
            display.send("DISPLAY\n5");
            assertThat(display.receive()).isIn("OK", "reading 5");
            assertThat(display.receive()).isIn("OK", "reading 5");
            first.send("METER");
            second.send("METER");
            var meters = List.of(readings(first), readings(second));

            for (int i = 0; i < 4_000; i++) {
                assertThat(display.receive()).isEqualTo("reading 5");
            }
            meters.forEach(Thread::interrupt);
        }
    }

    @Test
    void bug7TheSocketStaysOpenAfterAnException() throws IOException {
        try (var meter = old.connect()) {
            meter.send("METER");
            await().until(() -> old.talking() == 1);
            meter.send("no number");
            await().until(() -> old.talking() == 0);
            assertThat(meter.receiveOrSilence()).isEmpty();
        }
        try (var meter = berthClient()) {
            meter.send("METER\nno number");
            assertThatThrownBy(meter::receive).isInstanceOf(EOFException.class);
        }
    }

    /** A meter that sends one reading after the other until it is interrupted or its socket is closed. */
    private static Thread readings(StoryClient meter) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    meter.send("5");
                    meter.receive();
                }
            } catch (IOException closed) {
                // The test is over.
            }
        });
    }
}
