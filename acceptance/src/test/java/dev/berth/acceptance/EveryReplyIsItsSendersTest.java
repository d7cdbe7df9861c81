package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.framing.Codec;
import dev.berth.server.Closed;
import dev.berth.server.ServerEvents;
import dev.berth.server.TcpServer;
import dev.berth.transport.CloseReason;

/** A crowd on Berth and the same crowd on one shared socket, with a picture of each. */
@Timeout(60)
class EveryReplyIsItsSendersTest {
    private static final int CLIENTS = 500;
    private static final int MESSAGES = 1_000;
    private static final int MAX_PICTURE_BYTES = 300_000;
    private static final int WINDOWS_PER_DRIBBLE = 10;

    @Test
    void everyReplyIsItsSendersInOrderBesideFiveNuisances() throws Exception {
        var unblock = new CountDownLatch(1);
        var ends = new Ends(CLIENTS + 3);
        var windows = new AtomicInteger();
        try (var server = TcpServer.builder(Codec.lines())
                        .port(0)
                        .events(ends)
                        .handler(client -> Nuisances.handle(client, unblock))
                        .start();
                var nuisances = new Nuisances(server.port())) {
            nuisances.begin();

            var crowd = new Crowd(CLIENTS, MESSAGES, Duration.ofSeconds(30), () -> {
                if (windows.getAndIncrement() % WINDOWS_PER_DRIBBLE == 0) {
                    nuisances.dribble();
                }
            });
            var replies = crowd.talkTo(server.port());

            var inOrder = IntStream.range(0, MESSAGES).boxed().toList();
            for (int client = 0; client < CLIENTS; client++) {
                int number = client;
                assertThat(replies.get(client).stream().allMatch(reply -> reply.sender() == number))
                        .as("whether client %s got its own replies", number)
                        .isTrue();
                assertThat(replies.get(client).stream().map(Reply::sequence).toList())
                        .as("the order in which client %s got them", number)
                        .isEqualTo(inOrder);
            }
            assertThat(nuisances.dribbledAnswer()).isEqualTo(Nuisances.expectedDribbledAnswer());
            nuisances.endDribbling();
            ends.await();
            assertThat(ends.byReason.get(CloseReason.HANDLER_ERROR)).isEqualTo(1);
            assertThat(ends.byReason.get(CloseReason.PEER_RESET)).isEqualTo(1);
            assertThat(ends.byReason.get(CloseReason.PEER_CLOSED)).isEqualTo(CLIENTS + 1);
            assertThat(server.snapshot().live()).as("the one that never reads and the one that blocks").isEqualTo(2);

            var title = String.format(
                    Locale.ENGLISH, "Berth: %1$,d of %1$,d replies came, each to the client that asked", CLIENTS * MESSAGES);
            draw("berth", title, replies);
            unblock.countDown();
        }
    }

    @Test
    void onOneSharedSocketRepliesGoToWhoeverCameLast() throws Exception {
        try (var server = new SharedSocketServer()) {
            var crowd = new Crowd(CLIENTS, MESSAGES, Duration.ofSeconds(2), () -> {});

            var replies = crowd.talkTo(server.port());

            long came = replies.stream().mapToLong(List::size).sum();
            long misdirected =
                    replies.stream().flatMap(List::stream).filter(Reply::isMisdirected).count();
            assertThat(misdirected).isPositive();
            assertThat(came).isLessThan(CLIENTS * MESSAGES / 2);
            var title = String.format(
                    Locale.ENGLISH,
                    "One shared socket: %,d of %,d replies came, %,d of them to the wrong client",
                    came,
                    CLIENTS * MESSAGES,
                    misdirected);
            draw("shared-socket", title, replies);
        }
    }

    private static void draw(String name, String title, List<List<Reply>> replies) throws Exception {
        var picture = new ScatterPicture(CLIENTS, title).draw(name, replies);

        assertThat(Files.size(picture)).isLessThan(MAX_PICTURE_BYTES);
    }

    /** Counts how clients ended. */
    private static final class Ends implements ServerEvents {
        final ConcurrentHashMap<CloseReason, Integer> byReason = new ConcurrentHashMap<>();
        final CountDownLatch expected;

        Ends(int expected) {
            this.expected = new CountDownLatch(expected);
        }

        @Override
        public void closed(Closed closed) {
            byReason.merge(closed.reason(), 1, Integer::sum);
            expected.countDown();
        }

        void await() throws InterruptedException {
            assertThat(expected.await(30, TimeUnit.SECONDS)).as("all have ended").isTrue();
        }
    }
}
