package dev.berth.cli.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

/** A flood makes one line in ten seconds. */
final class FloodGateTest {
    private final AtomicLong now = new AtomicLong(1_000);
    private final FloodGate gate = new FloodGate(now::get);

    private void pass(long nanos) {
        now.addAndGet(nanos);
    }

    @Test
    void theFirstPassesAndTheRestAreCountedByKind() {
        assertThat(gate.passes("full")).isTrue();
        assertThat(gate.passes("full")).isFalse();
        assertThat(gate.passes("late")).isFalse();
        assertThat(gate.passes("full")).isFalse();
        pass(FloodGate.INTERVAL.toNanos() - 1);
        assertThat(gate.overdue()).isEmpty();

        pass(1);

        assertThat(gate.overdue()).isEqualTo("3: 2 full, 1 late");
    }

    @Test
    void whileItFloodsThereIsOneLineAnInterval() {
        gate.passes("full");
        gate.passes("full");
        pass(FloodGate.INTERVAL.toNanos());
        assertThat(gate.overdue()).isEqualTo("1: 1 full");

        assertThat(gate.passes("full")).isFalse();
        pass(FloodGate.INTERVAL.toNanos());

        assertThat(gate.overdue()).isEqualTo("1: 1 full");
    }

    @Test
    void afterAQuietIntervalTheNextPassesAgain() {
        gate.passes("full");
        pass(FloodGate.INTERVAL.toNanos());
        assertThat(gate.overdue()).isEmpty();

        assertThat(gate.passes("full")).isTrue();
    }

    @Test
    void aFewPassIfAFewMay() {
        var wider = new FloodGate(now::get, 2);
        assertThat(wider.passes("full")).isTrue();
        pass(FloodGate.INTERVAL.toNanos() - 1);
        assertThat(wider.passes("full")).isTrue();
        assertThat(wider.passes("full")).isFalse();

        pass(1);

        assertThat(wider.overdue()).isEqualTo("1: 1 full");
        assertThat(wider.passes("full")).isFalse();
    }

    @Test
    void whoIsBelowItsNumberStartsAnewAfterTheInterval() {
        var wider = new FloodGate(now::get, 2);
        assertThat(wider.passes("full")).isTrue();
        pass(FloodGate.INTERVAL.toNanos());
        assertThat(wider.overdue()).isEmpty();

        assertThat(wider.passes("full")).isTrue();
        assertThat(wider.passes("full")).isTrue();
        assertThat(wider.passes("full")).isFalse();
    }

    @Test
    void theRestIsToldAtTheEndWhateverTheTime() {
        gate.passes("full");
        gate.passes("full");

        assertThat(gate.rest()).isEqualTo("1: 1 full");
        assertThat(gate.rest()).isEmpty();
    }
}
