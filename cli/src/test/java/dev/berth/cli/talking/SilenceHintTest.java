package dev.berth.cli.talking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

/** One hint, three seconds after the first message, if nothing ever came back. */
final class SilenceHintTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
    private final SilenceHint hint = new SilenceHint(now::get);

    @Test
    void itIsDueOnceThreeSecondsAfterTheFirstMessage() {
        hint.sent();
        now.addAndGet(SilenceHint.SILENCE.toNanos() - 1);
        hint.sent();
        assertThat(hint.isDue()).isFalse();
        now.addAndGet(1);

        assertThat(hint.isDue()).isTrue();
        assertThat(hint.isDue()).isFalse();
        assertThat(hint.isPending()).isFalse();
    }

    @Test
    void whoHasSaidNothingWaitsForNothing() {
        now.addAndGet(SilenceHint.SILENCE.toNanos() * 2);

        assertThat(hint.isDue()).isFalse();
        assertThat(hint.isPending()).isTrue();
    }

    @Test
    void anAnswerSettlesIt() {
        hint.sent();
        hint.heard();
        now.addAndGet(SilenceHint.SILENCE.toNanos());

        assertThat(hint.isDue()).isFalse();
    }
}
