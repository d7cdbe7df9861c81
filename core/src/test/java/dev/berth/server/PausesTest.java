package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

/** Which turn of the timer lets clients be read before it judges (FAULTS E13, P9). */
class PausesTest {
    private static final long START = Long.MAX_VALUE - 10;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Pauses pauses = new Pauses(START);

    @Test
    void aTurnThatIsASecondLateEndsNone() {
        assertThat(pauses.endsWith(START + SECOND)).isFalse();
        assertThat(pauses.endsWith(START + 2 * SECOND)).isFalse();
    }

    @Test
    void aTurnThatIsLaterEndsOneAndTheNextDoesNot() {
        assertThat(pauses.endsWith(START + SECOND + 1)).isTrue();
        assertThat(pauses.endsWith(START + SECOND + 2)).isFalse();
    }

    @Test
    void whereEveryTurnIsLateEverySecondOneJudges() {
        assertThat(pauses.endsWith(START + 2 * SECOND)).isTrue();
        assertThat(pauses.endsWith(START + 4 * SECOND)).isFalse();
        assertThat(pauses.endsWith(START + 6 * SECOND)).isTrue();
        assertThat(pauses.endsWith(START + 8 * SECOND)).isFalse();
    }
}
