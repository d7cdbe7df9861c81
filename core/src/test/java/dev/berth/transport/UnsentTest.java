package dev.berth.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;

/** Who takes nothing of what is unsent, or hardly anything, is stuck (FAULTS A9, A10). */
class UnsentTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int PLENTY = 100_000;

    private final Unsent unsent = unsent(Duration.ofSeconds(10));
    private final long start = System.nanoTime();

    private static Unsent unsent(Duration writeTimeout) {
        return new Unsent(new OutputLimits(PLENTY * 2, PLENTY * 2, Duration.ofHours(1), writeTimeout, Overflow.CUT));
    }

    /** Takes so many bytes each second for 12 s; returns whether that counted as stuck at any moment. */
    private boolean isStuckTaking(int bytesPerSecond) {
        unsent.append(new byte[PLENTY], 0, PLENTY);
        var batch = Objects.requireNonNull(unsent.take());
        boolean stuck = false;
        for (int second = 1; second <= 12; second++) {
            unsent.wrote(bytesPerSecond, batch, second * bytesPerSecond);
            stuck |= unsent.isStuck(start + second * SECOND);
        }
        return stuck;
    }

    @Test
    void whoTakesNothingIsStuck() {
        assertThat(isStuckTaking(0)).isTrue();
    }

    @Test
    void whoCrawlsIsStuck() {
        assertThat(isStuckTaking(100)).isTrue();
    }

    @Test
    void whoCrawlsIsStuckAlsoWithinLessThanASecond() {
        Unsent brief = unsent(Duration.ofMillis(500));
        brief.append(new byte[PLENTY], 0, PLENTY);
        var batch = Objects.requireNonNull(brief.take());
        brief.wrote(10, batch, 10);

        assertThat(brief.isStuck(start + SECOND / 4)).isFalse();
        brief.wrote(10, batch, 20);
        assertThat(brief.isStuck(System.nanoTime() + SECOND)).isTrue();
    }

    @Test
    void whoIsSlowIsNot() {
        assertThat(isStuckTaking(200)).isFalse();
    }

    @Test
    void whoTakesTheLittleThatThereIsIsNot() {
        unsent.append(new byte[50], 0, 50);
        var batch = Objects.requireNonNull(unsent.take());
        unsent.wrote(49, batch, 49);
        assertThat(unsent.isStuck(start + 9 * SECOND)).isFalse();
        unsent.wrote(1, batch, 50);

        assertThat(unsent.isStuck(start + 12 * SECOND)).isFalse();
    }

    @Test
    void aNewStretchHasAllItsTime() {
        unsent.append(new byte[50], 0, 50);
        unsent.wrote(50, Objects.requireNonNull(unsent.take()), 50);
        unsent.append(new byte[50], 0, 50);

        assertThat(unsent.isStuck(System.nanoTime() + 9 * SECOND)).isFalse();
        assertThat(unsent.isStuck(System.nanoTime() + 11 * SECOND)).isTrue();
    }
}
