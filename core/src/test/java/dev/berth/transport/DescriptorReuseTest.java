package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.proof.Baseline;
import dev.berth.proof.Signal;

/** A descriptor's number is never reused under someone. */
@ExtendWith(Baseline.class)
class DescriptorReuseTest {
    private static final int ROUNDS = 500;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Transport transport = Transport.portable();
    private final Queue<Byte> foreign = new ConcurrentLinkedQueue<>();

    @Test
    void threadsInsideACallNeverSeeAnotherConnectionsBytesHoweverLinksEnd() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (var listener = transport.listen(new ListenOptions(address, 64, Integer.MAX_VALUE, OutputLimits.SERVER, KeepAlive.NONE))) {
            for (int round = 0; round < ROUNDS; round++) {
                // Each round speaks a byte of its own: whatever else a thread of the round reads is foreign.
                byte own = (byte) (round % 120 + 1);
                var near = transport.connect(listener.address(),
                        new ConnectOptions(LIMIT, null, OutputLimits.SERVER, KeepAlive.NONE));
                var far = listener.accept();
                var reading = new Signal();
                var threads = new Thread[] {
                    Thread.ofVirtual().start(() -> read(near, own, reading)),
                    Thread.ofPlatform().start(() -> read(far, own, reading)),
                    Thread.ofVirtual().start(() -> write(near, own)),
                    Thread.ofVirtual().start(() -> write(far, own))
                };
                reading.await();
                end(near, round);
                end(far, round + 1);
                if (round % 10 == 0) {
                    for (var thread : threads) {
                        assertThat(thread.join(LIMIT)).isTrue();
                    }
                }
            }
        }
        assertThat(foreign).isEmpty();
    }

    /** In each way there is; the next round opens sockets at once, and so gets the numbers that are free. */
    private static void end(Link link, int round) {
        switch (round % 3) {
            case 0 -> link.close();
            case 1 -> {
                link.abort(CloseReason.ABORTED);
                link.close();
            }
            default -> {
                Thread.ofVirtual().start(() -> link.abort(CloseReason.CLOSED_BY_ADMIN));
                Thread.ofVirtual().start(link::close);
            }
        }
    }

    private void read(Link link, byte own, Signal reading) {
        var buffer = ByteBuffer.allocate(4_096);
        try {
            while (link.read(buffer.clear()) >= 0) {
                reading.give();
                for (int i = 0; i < buffer.position(); i++) {
                    if (buffer.get(i) != own) {
                        foreign.add(buffer.get(i));
                    }
                }
            }
        } catch (IOException ended) {
            // As it should.
        }
    }

    private static void write(Link link, byte own) {
        var bytes = new byte[1_000];
        java.util.Arrays.fill(bytes, own);
        try {
            link.owner(Thread.currentThread());
            while (true) {
                link.write(bytes, 0, bytes.length);
                link.flush();
            }
        } catch (IOException ended) {
            // As it should.
        }
    }
}
