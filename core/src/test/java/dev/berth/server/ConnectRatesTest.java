package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connects per second and source, by a clock of the test's own. FAULTS A2. */
class ConnectRatesTest {
    private static final long SECOND = 1_000_000_000;
    private static final Source ONE = source(1);

    private final ConnectRates rates = new ConnectRates();

    private static Source source(long network) {
        return new Source(true, network);
    }

    private int taken(Source source, int perSecond, long now, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += rates.take(source, perSecond, now) ? 1 : 0;
        }
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000, 31_622})
    void asManyAsASecondHoldsComeAtOnceAndOneMoreDoesNot(int perSecond) {
        // A clock that overflows on the way, as System.nanoTime may.
        long now = Long.MAX_VALUE - SECOND / 2;

        assertThat(taken(ONE, perSecond, now, perSecond + 5)).isEqualTo(perSecond);
        assertThat(taken(ONE, perSecond, now + SECOND, perSecond + 5)).isEqualTo(perSecond);
    }

    @Test
    void theBucketFillsAsTimePasses() {
        assertThat(taken(ONE, 10, 0, 20)).isEqualTo(10);
        assertThat(taken(ONE, 10, SECOND / 10 - 1, 5)).isZero();
        assertThat(taken(ONE, 10, SECOND / 10, 5)).isEqualTo(1);
        assertThat(taken(ONE, 10, SECOND / 2, 9)).isEqualTo(4);
    }

    @Test
    void oneSourceTakesNothingFromAnother() {
        assertThat(taken(ONE, 5, 0, 100)).isEqualTo(5);
        assertThat(taken(source(2), 5, 0, 100)).isEqualTo(5);
    }

    @Test
    void aSourceIsForgottenWhenItsBucketIsFull() {
        taken(ONE, 4, 0, 4);
        assertThat(rates.tracked()).isEqualTo(1);

        taken(source(2), 4, SECOND, 1);

        assertThat(rates.tracked()).isEqualTo(1);
    }

    @Test
    void aFloodOfSourcesIsRememberedInBoundedMemory() {
        for (int i = 0; i < 3 * ConnectRates.MAX_SOURCES; i++) {
            rates.take(source(i), 1, 0);
        }

        assertThat(rates.tracked()).isEqualTo(ConnectRates.MAX_SOURCES);
        assertThat(taken(source(3L * ConnectRates.MAX_SOURCES - 1), 1, 0, 1)).as("the newest is still known").isZero();
    }
}
