package dev.berth.cli.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes as people type them. */
final class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0", "4096, 4096", "10b, 10", "64KiB, 65536", "64kib, 65536", "1MiB, 1048576", "1GiB, 1073741824",
        "2147483647, 2147483647",
    })
    void bytesAndBinaryUnitsAreRead(String typed, int bytes) {
        assertThat(new Sizes().convert(typed)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "64KB", "64K", "-1", "1.5MiB", "64 KiB"})
    void otherTextIsNoSize(String typed) {
        assertThatThrownBy(() -> new Sizes().convert(typed)).hasMessageContaining("'" + typed + "' is not a size; write bytes or KiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "2GiB", "9999999999GiB"})
    void tooManyBytesAreOutOfRange(String typed) {
        assertThatThrownBy(() -> new Sizes().convert(typed)).hasMessageContaining("'" + typed + "' is out of range");
    }
}
