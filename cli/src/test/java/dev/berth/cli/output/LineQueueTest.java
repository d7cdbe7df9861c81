package dev.berth.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** Whoever does not read our lines holds nobody up. */
final class LineQueueTest {
    @Test
    void everyLineIsPrintedInOrderBeforeCloseReturns() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineQueue lines = new LineQueue("test", out, StandardCharsets.UTF_8);

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
        try (LineQueue lines = new LineQueue("test", unread, StandardCharsets.UTF_8, 2)) {
            lines.add("first");
            await().until(() -> reached.getCount() == 0);

            IntStream.range(0, 5).forEach(i -> lines.add("more " + i));
            read.countDown();

            await().untilAsserted(() -> assertThat(out.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly("first", "more 0", "more 1", "berth: 3 lines dropped here: they are read too slowly"));
        }
    }

    /** FAULTS E11: a disk that is full for a while. */
    @Test
    void linesThatCannotBeWrittenAreCountedAndTheirNumberToldOnceThatIsPossible() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AtomicBoolean full = new AtomicBoolean(true);
        CountDownLatch refused = new CountDownLatch(3);
        OutputStream disk = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (full.get()) {
                    new String(bytes, from, length, StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("lost"))
                            .forEach(line -> refused.countDown());
                    throw new IOException("No space left on device");
                }
                out.write(bytes, from, length);
            }
        };
        try (LineQueue lines = new LineQueue("test", disk, StandardCharsets.UTF_8)) {
            IntStream.range(0, 3).forEach(i -> lines.add("lost " + i));
            await().until(() -> refused.getCount() == 0);
            full.set(false);
            lines.add("kept");

            await().untilAsserted(() -> assertThat(out.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly("", "berth: 3 lines dropped here: they could not be written", "kept"));
        }
    }
}
