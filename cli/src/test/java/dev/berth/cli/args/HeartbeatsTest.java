package dev.berth.cli.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heartbeats as people type them. */
final class HeartbeatsTest {
    private final Heartbeats.Converter converter = new Heartbeats.Converter();

    @ParameterizedTest
    @CsvSource({"30s PING, PT30S, PING", "1m I am here, PT1M, I am here", "1h off, PT1H, off"})
    void aDurationAndWhatFollowsItsBlankIsRead(String typed, Duration every, String text) {
        assertThat(converter.convert(typed)).isEqualTo(new Heartbeats(every, text));
    }

    @Test
    void theWordOffAloneIsNone() {
        assertThat(converter.convert("off")).isEqualTo(Heartbeats.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PING", "30s", "OFF", ""})
    void otherWordsHaveNoMessage(String typed) {
        assertThatThrownBy(() -> converter.convert(typed)).hasMessage("'" + typed + "' has no message; write '30s PING', or off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off PING", "soon PING"})
    void theFirstWordIsADuration(String typed) {
        assertThatThrownBy(() -> converter.convert(typed)).hasMessageContaining("is not a duration; write ");
    }
}
