package dev.berth.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.proof.Baseline;
import dev.berth.proof.Peer;
import dev.berth.proof.PlatformTransport;
import dev.berth.proof.Signal;
import dev.berth.server.TcpServer;

/** FAULTS B9: a peer that sends faster than its handler receives waits; what it has sent waits with the kernel, not with us. */
@ExtendWith(Baseline.class)
class FastSenderTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int FRAME = 1_000;
    private static final int FRAMES = 100_000;
    /** What the kernel holds at most on both sides of a loopback connection, by its defaults. */
    private static final int KERNEL_BYTES = 12 << 20;

    private final AtomicLong sent = new AtomicLong();

    /** Numbered frames of a hundred megabytes. */
    private void sendAll(Peer peer) {
        try {
            var out = peer.socket().getOutputStream();
            byte[] frame = new byte[4 + FRAME];
            frame[2] = (byte) (FRAME >> 8);
            frame[3] = (byte) FRAME;
            for (int i = 0; i < FRAMES; i++) {
                frame[4] = (byte) (i >> 16);
                frame[5] = (byte) (i >> 8);
                frame[6] = (byte) i;
                out.write(frame);
                sent.addAndGet(frame.length);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int number(FrameView frame) {
        return frame.unsigned(0) << 16 | frame.unsigned(1) << 8 | frame.unsigned(2);
    }

    @Test
    void aHundredMegabytesForALateHandlerWaitAndArriveWholeAndInOrderThroughABufferOfAConstantSize() throws Exception {
        var first = new Signal();
        var go = new Signal();
        var inOrder = new AtomicInteger();
        var allocated = new AtomicLong();
        try (var server = TcpServer.builder(Codec.bytes("len4be")).port(0).transport(new PlatformTransport()).handler(client -> {
                    long before = PlatformTransport.allocated(Thread.currentThread());
                    FrameReader<Integer> number = FastSenderTest::number;
                    Integer next = client.receive(number);
                    first.give();
                    go.await();
                    while (next != null && next == inOrder.get()) {
                        inOrder.incrementAndGet();
                        next = client.receive(number);
                    }
                    allocated.set(PlatformTransport.allocated(Thread.currentThread()) - before);
                    client.send(new byte[] {1});
                }).start();
                var peer = Peer.of(server)) {
            var sender = Thread.ofPlatform().start(() -> sendAll(peer));
            first.await();
            await("the sender waits").atMost(LIMIT).until(() -> {
                long before = sent.get();
                return !new Signal().within(Duration.ofMillis(300)) && sent.get() == before;
            });
            assertThat(sent.get()).isLessThan(KERNEL_BYTES);

            go.give();
            assertThat(sender.join(LIMIT.multipliedBy(3))).isTrue();
            peer.halfClose();
            assertThat(peer.line()).isNotNull();
            assertThat(inOrder).hasValue(FRAMES);
            // The boxes of a hundred thousand numbers, and one buffer.
            assertThat(allocated.get() / FRAMES).isLessThan(200);
        }
    }
}
