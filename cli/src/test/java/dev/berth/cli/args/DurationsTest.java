package dev.berth.cli.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as people type them and as they are shown. */
final class DurationsTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "5s, PT5S", "2m, PT2M", "1h, PT1H", "0s, PT0S"})
    void wholeNumberAndUnitIsRead(String typed, Duration meant) {
        assertThat(new Durations().convert(typed)).isEqualTo(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "5 s", "-5s", "5x", "1.5s", "5S", "9999999999s"})
    void otherTextIsNoDuration(String typed) {
        assertThatThrownBy(() -> new Durations().convert(typed))
                .hasMessage("'" + typed + "' is not a duration; write 500ms, 5s, 2m or 1h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5000"})
    void aBareNumberMissesItsUnit(String typed) {
        assertThatThrownBy(() -> new Durations().convert(typed)).hasMessageStartingWith("'" + typed + "' has no unit;");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0.0s", "PT0.04S, 0.0s", "PT0.05S, 0.1s", "PT1.23S, 1.2s", "PT9.94S, 9.9s", "PT10S, 10s", "PT59S, 59s",
        "PT60S, 1m 00s", "PT303S, 5m 03s", "PT2H5M9S, 2h 05m", "PT50H, 50h 00m",
    })
    void measuredTimesAreShort(Duration time, String shown) {
        assertThat(Durations.text(time)).isEqualTo(shown);
    }
}
