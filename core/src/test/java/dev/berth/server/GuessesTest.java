package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Wrong tokens per minute and source, by a clock of the test's own. FAULTS G7. */
class GuessesTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Source ONE = source(1);

    private static Source source(long network) {
        return new Source(true, network);
    }

    private static int taken(Guesses guesses, Source source, long now, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += guesses.take(source, now) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void asManyAsAMinuteHoldsAndOneMoreDoesNot() {
        var guesses = new Guesses(100);

        assertThat(taken(guesses, ONE, 0, 200)).isEqualTo(100);
        assertThat(taken(guesses, source(2), 0, 200)).isEqualTo(100);
        assertThat(taken(guesses, ONE, MINUTE / 2, 200)).isEqualTo(50);
        assertThat(taken(guesses, ONE, MINUTE / 2 + MINUTE, 200)).isEqualTo(100);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        var guesses = new Guesses(3);
        assertThat(taken(guesses, ONE, 0, 5)).isEqualTo(3);

        guesses.giveBack(ONE, 0);

        assertThat(taken(guesses, ONE, 0, 5)).isEqualTo(1);
    }

    @Test
    void whoHasAllBackIsForgotten() {
        var guesses = new Guesses(3);
        guesses.take(ONE, 0);
        guesses.giveBack(ONE, 0);
        assertThat(guesses.tracked()).isZero();

        guesses.giveBack(ONE, 0);
        assertThat(taken(guesses, ONE, 0, 5)).isEqualTo(3);
    }

    /** A clock never begins at 0, and may overflow on the way. */
    @Test
    void atAnyTimeWhoHasAllBackIsForgottenAndWhoHasNotIsNot() {
        long now = Long.MAX_VALUE - MINUTE / 2;
        var guesses = new Guesses(3);
        assertThat(taken(guesses, ONE, now, 2)).isEqualTo(2);

        guesses.giveBack(ONE, now);
        assertThat(guesses.tracked()).isEqualTo(1);
        guesses.giveBack(ONE, now);
        assertThat(guesses.tracked()).isZero();
    }

    /** Each method gives the lock back. */
    @Test
    void whatOneThreadHasDoneKeepsNoOtherWaiting() throws InterruptedException {
        var guesses = new Guesses(3);
        List<Runnable> deeds = List.of(() -> guesses.take(ONE, 0), () -> guesses.giveBack(ONE, 0), guesses::tracked);
        for (int i = 0; i < deeds.size(); i++) {
            deeds.get(i).run();

            assertThat(Thread.ofVirtual().start(guesses::tracked).join(Duration.ofSeconds(5))).as("deed " + i).isTrue();
        }
    }

    @Test
    void aFloodOfSourcesIsRememberedInBoundedMemory() {
        var guesses = new Guesses(1);
        for (int i = 0; i < 2 * Buckets.MAX_SOURCES; i++) {
            guesses.take(source(i), 0);
        }

        assertThat(guesses.tracked()).isEqualTo(Buckets.MAX_SOURCES);
    }

    @Test
    void offCountsNothing() {
        var guesses = new Guesses(Limits.OFF);

        assertThat(taken(guesses, ONE, 0, 100_000)).isEqualTo(100_000);
        assertThat(guesses.tracked()).isZero();
    }
}
