package dev.berth.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

/** When messages are due. */
final class PacingTest {
    @Test
    void messagesOfAllConnectionsFollowEachOtherEvenly() {
        Pacing first = new Pacing(100, 1_000_000, 2, 0);
        Pacing second = new Pacing(100, 1_000_000, 2, 1);

        assertThat(first.due(0)).isEqualTo(100);
        assertThat(second.due(0)).isEqualTo(1_100);
        assertThat(first.due(1)).isEqualTo(2_100);
        assertThat(second.due(1)).isEqualTo(3_100);
    }

    @Test
    void aFastDayDoesNotOverflow() {
        int rate = 100_000_000;
        long messages = TimeUnit.DAYS.toSeconds(1) * rate;

        assertThat(new Pacing(0, rate, 1, 0).due(messages)).isEqualTo(TimeUnit.DAYS.toNanos(1));
    }

    @Test
    void whatIsDueBeforeTheEndIsCounted() {
        Pacing pacing = new Pacing(0, 10, 1, 0);

        assertThat(pacing.dueBefore(TimeUnit.SECONDS.toNanos(1), 0)).isEqualTo(10);
        assertThat(pacing.dueBefore(TimeUnit.SECONDS.toNanos(1), 7)).isEqualTo(3);
        assertThat(pacing.dueBefore(TimeUnit.SECONDS.toNanos(1), 10)).isZero();
    }
}
