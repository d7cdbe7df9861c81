package dev.berth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.connection.Connection;
import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** What a connection promises to who sends, held on sockets and in memory alike. */
@ParameterizedClass
@EnumSource(Where.class)
@Timeout(60)
final class SendingParityTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Ends ends;
    private final Connection<String> near;
    private final Connection<String> far;

    SendingParityTest(Where where) throws Exception {
        ends = where.open();
        near = ends.near();
        far = ends.far();
    }

    @AfterEach
    void end() {
        ends.close();
    }

    @Test
    void messagesArriveInOrderBothWays() throws Exception {
        for (int i = 0; i < 100; i++) {
            near.send("there " + i);
            far.send("back " + i);
        }
        near.flush();

        for (int i = 0; i < 100; i++) {
            assertThat(far.receive()).isEqualTo("there " + i);
            assertThat(near.receive()).isEqualTo("back " + i);
        }
    }

    @Test
    void anotherThreadSendsWhileTheOwnerReceives() throws Exception {
        var answers = Background.start(() -> {
            near.send("from elsewhere");
            return far.receive();
        });
        var waiting = Background.start(() -> {
            assertThat(answers.result()).isEqualTo("from elsewhere");
            far.send("go on");
            return "";
        });

        assertThat(near.receive()).isEqualTo("go on");
        waiting.result();
    }

    @Test
    void theOwnerWaitsForALateReaderAndLosesNothing() throws Exception {
        int messages = 300;
        var reader = Background.start(() -> {
            int n = 0;
            while (far.receive() != null) {
                n++;
            }
            return n;
        });
        for (int i = 0; i < messages; i++) {
            near.send("x".repeat(60_000));
        }
        near.close();

        assertThat(reader.result()).isEqualTo(messages);
        assertThat(near.snapshot().bytesOut()).isEqualTo(messages * 60_001L);
    }

    @Test
    void aClientThatDoesNotReadIsCutWhenAnotherThreadSendsTooMuch() throws Exception {
        ends.farLink().owner(Thread.currentThread());
        var sender = Background.start(() -> {
            while (true) {
                far.send("x".repeat(60_000));
            }
        });

        assertThatThrownBy(sender::result).isInstanceOfSatisfying(
                ConnectionClosedException.class,
                e -> assertThat(e.reason()).isEqualTo(CloseReason.SLOW_READER));
        assertThat(far.closeReason()).contains(CloseReason.SLOW_READER);
    }

    @Test
    void anInterruptWhileASendIsBlockedEndsTheConnection() throws Exception {
        var sending = Background.start(() -> {
            ends.farLink().owner(Thread.currentThread());
            while (true) {
                far.send("x".repeat(60_000));
            }
        });
        sending.awaitWaiting().interrupt();

        assertThatThrownBy(sending::result).isInstanceOfSatisfying(
                ConnectionClosedException.class,
                e -> assertThat(e.reason()).isEqualTo(CloseReason.INTERRUPTED));
        assertThat(far.closeReason()).contains(CloseReason.INTERRUPTED);
    }

    @Test
    void sendingToWhoHasGoneFailsSoonWithTheReason() throws Exception {
        ends.reset();

        await().atMost(LONG).untilAsserted(() -> assertThatThrownBy(() -> near.send("anyone?"))
                .isInstanceOfSatisfying(
                ConnectionClosedException.class,
                        e -> assertThat(e.reason()).isEqualTo(CloseReason.PEER_RESET)));
    }

    @Test
    void whatIsCountedIsTheSame() throws Exception {
        near.send("four");
        near.send("three");
        near.flush();
        assertThat(far.receive()).isEqualTo("four");
        assertThat(far.receive()).isEqualTo("three");

        assertThat(near.snapshot()).satisfies(seen -> {
            assertThat(seen.framesOut()).isEqualTo(2);
            assertThat(seen.bytesOut()).isEqualTo(11);
        });
        assertThat(far.snapshot()).satisfies(seen -> {
            assertThat(seen.framesIn()).isEqualTo(2);
            assertThat(seen.bytesIn()).isEqualTo(11);
        });
    }
}
