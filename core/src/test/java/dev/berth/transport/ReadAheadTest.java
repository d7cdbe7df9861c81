package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.proof.Signal;

/** What is read before a client is served, where the read fails as no read should. FAULTS E3. */
@Timeout(30)
class ReadAheadTest {
    private final StagedChannel channel = new StagedChannel();
    private final ReadAhead ahead = new ReadAhead(channel, 256);

    @Test
    void anErrorWithinItReachesWhoTakes() throws Exception {
        channel.onRead(() -> {
            throw new OutOfMemoryError("no direct memory");
        });
        var left = new Signal();
        ahead.start(left::give);
        left.await();

        assertThatThrownBy(() -> ahead.take(ByteBuffer.allocate(10), Duration.ofSeconds(10)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no direct memory");
    }
}
