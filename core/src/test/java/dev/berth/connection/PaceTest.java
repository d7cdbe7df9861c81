package dev.berth.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a peer that sends too fast is left unread, by a clock of the test's own. */
class PaceTest {
    private static final int OFF = Integer.MAX_VALUE;
    private static final long SECOND = 1_000_000_000;
    // On the way it overflows, as System.nanoTime may.
    private static final long START = Long.MAX_VALUE - SECOND;

    private static long after(long nanos) {
        return START + nanos;
    }

    @Test
    void asMuchAsASecondHoldsComesAtOnce() {
        var pace = new Pace(10, OFF, START);

        assertThat(pace.debt(10, 0, START)).isZero();
        assertThat(pace.debt(11, 0, START)).isEqualTo(SECOND / 10);
    }

    @Test
    void theDebtIsPaidByTime() {
        var pace = new Pace(OFF, 1_000, START);

        assertThat(pace.debt(0, 3_000, START)).isEqualTo(2 * SECOND);
        assertThat(pace.debt(0, 3_000, after(SECOND))).isEqualTo(SECOND);
        assertThat(pace.debt(0, 3_000, after(2 * SECOND))).isZero();
        assertThat(pace.debt(0, 3_001, after(2 * SECOND))).isEqualTo(SECOND / 1_000);
    }

    @Test
    void silenceSavesUpASecondAndNoMore() {
        var pace = new Pace(10, OFF, START);

        assertThat(pace.debt(20, 0, after(60 * SECOND))).isEqualTo(SECOND);
    }

    @Test
    void howeverMuchComesAtOnceIsCounted() {
        var pace = new Pace(OFF, 1_000_000, START);

        assertThat(pace.debt(0, 10_000_000_000L, START)).isEqualTo(9_999 * SECOND);
        assertThat(pace.debt(0, Long.MAX_VALUE, START)).isGreaterThan(1_000_000_000 * SECOND);
        assertThat(pace.debt(0, Long.MAX_VALUE, after(SECOND))).isGreaterThan(1_000_000_000 * SECOND);
    }

    @Test
    void theStricterOfBothRatesCounts() {
        var pace = new Pace(10, 100, START);

        assertThat(pace.debt(20, 500, START)).isEqualTo(4 * SECOND);
    }

    @Test
    void withoutRatesThereIsNothingToWaitFor() {
        assertThat(Pace.of(OFF, OFF)).isSameAs(Pace.NONE);
        assertThat(new Pace(OFF, 1, START).debt(1_000_000_000, 0, START)).isZero();
    }
}
