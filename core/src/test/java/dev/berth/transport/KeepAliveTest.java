package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import jdk.net.ExtendedSocketOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel is told about silent peers. */
class KeepAliveTest {
    @Test
    void theDefaultIsSixtyFifteenFour() {
        assertThat(KeepAlive.TWO_MINUTES).isEqualTo(new KeepAlive(60, 15, 4));
    }

    @Test
    void anyLimitIsKept() {
        for (int seconds = 8; seconds < 4_000; seconds++) {
            var keepAlive = KeepAlive.within(Duration.ofSeconds(seconds));

            assertThat(keepAlive.idleSeconds()).isPositive();
            assertThat(keepAlive.intervalSeconds()).isPositive();
            assertThat(keepAlive.idleSeconds() + keepAlive.intervalSeconds() * keepAlive.count())
                    .isBetween(seconds - 5, seconds);
        }
    }

    @Test
    void theSocketIsToldSo() throws IOException {
        try (var channel = SocketChannel.open()) {
            KeepAlive.within(Duration.ofSeconds(90)).apply(channel);

            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
            assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(45);
            assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(11);
            assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {18, 24, 365 * 24})
    void theSystemTakesTheLongestLimitsToo(int hours) throws IOException {
        try (var channel = SocketChannel.open()) {
            KeepAlive.within(Duration.ofHours(hours)).apply(channel);

            assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isBetween(32_000, 32_767);
        }
    }

    @Test
    void offIsOff() throws IOException {
        try (var channel = SocketChannel.open()) {
            KeepAlive.NONE.apply(channel);

            assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isFalse();
        }
    }
}
