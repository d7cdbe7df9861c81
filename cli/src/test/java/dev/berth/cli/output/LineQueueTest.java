package dev.berth.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** Whoever does not read our lines holds nobody up. */
final class LineQueueTest {
    @Test
    void everyLineIsPrintedInOrderBeforeCloseReturns() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineQueue lines = new LineQueue("test", new PrintStream(out, true, StandardCharsets.UTF_8));

        IntStream.range(0, 1_000).forEach(i -> lines.add("line " + i));
        lines.close();
        lines.close();

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactlyElementsOf(IntStream.range(0, 1_000).mapToObj(i -> "line " + i).toList());
    }

    @Test
    void linesThatFindNoRoomAreCounted() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        OutputStream unread = new OutputStream() {
            @Override
            public void write(int one) {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                reached.countDown();
                boolean waiting = true;
                while (waiting) {
                    try {
                        read.await();
                        waiting = false;
                    } catch (InterruptedException e) {
                        // A blocked pipe does not notice either.
                    }
                }
                out.write(bytes, from, length);
            }
        };
        try (LineQueue lines = new LineQueue("test", new PrintStream(unread, true, StandardCharsets.UTF_8), 2)) {
            lines.add("first");
            await().until(() -> reached.getCount() == 0);

            IntStream.range(0, 5).forEach(i -> lines.add("more " + i));
            read.countDown();

            await().untilAsserted(() -> assertThat(out.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly("first", "more 0", "more 1", "berth: 3 lines dropped here: they are read too slowly"));
        }
    }
}
