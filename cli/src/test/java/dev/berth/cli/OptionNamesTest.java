package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names of settings in the words of the command line. */
final class OptionNamesTest {
    @ParameterizedTest
    @CsvSource({
        "maxConnections is 0, --max-connections is 0",
        "queueTimeout is 0s, --queue-timeout is 0s",
        "port is -1, port is -1",
        "a maxConnections, a maxConnections",
    })
    void theSettingAtTheBeginningIsNamedAsAnOption(String complaint, String shown) {
        assertThat(OptionNames.inMessage(new IllegalArgumentException(complaint))).isEqualTo(shown);
    }
}
