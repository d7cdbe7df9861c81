package dev.berth.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.cli.args.Endpoint;
import dev.berth.cli.args.Framings;
import dev.berth.framing.Framing;
import dev.berth.server.TcpServer;

/** The wish to end a run early, as the first Ctrl-C says it. */
final class BenchRunTest {
    /** A rate of 0 is none; at 1 message a second each of 100 connections sleeps for 100 s between two messages. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    @Timeout(20)
    void endsAtAWishAndReportsWhatItMeasured(int rate) throws Exception {
        CountDownLatch answered = new CountDownLatch(2);
        try (TcpServer server = TcpServer.listen(0, client -> client.forEach(line -> {
            client.send(line);
            answered.countDown();
        }))) {
            Traffic traffic = new Traffic(100, 1, rate == 0 ? OptionalInt.empty() : OptionalInt.of(rate));
            Timing timing = new Timing(Duration.ZERO, Duration.ofHours(1), Duration.ofSeconds(10));
            Framings lines = new Framings(Framing.line(), Framing.line());
            Load load = new Load(new Endpoint("127.0.0.1", server.port()), null, lines, 10, traffic, timing);

            Result result = new BenchRun(load).measure(
                    limit -> answered.await(limit.toNanos(), TimeUnit.NANOSECONDS), (since, answers) -> {});

            assertThat(result.endedEarly()).isTrue();
            assertThat(result.failures()).isEmpty();
            assertThat(result.messages()).isGreaterThanOrEqualTo(2);
            assertThat(result.measured()).isLessThan(Duration.ofSeconds(10));
        }
    }
}
