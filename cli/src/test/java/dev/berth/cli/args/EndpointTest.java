package dev.berth.cli.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses as people type them. */
final class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "localhost:8080, localhost, 8080",
        "10.0.0.7:1, 10.0.0.7, 1",
        "[::1]:8080, ::1, 8080",
        "[fe80::1%eth0]:80, fe80::1%eth0, 80",
        ":9000, 127.0.0.1, 9000",
        "9000, 127.0.0.1, 9000",
        "0, 127.0.0.1, 0",
        "65535, 127.0.0.1, 65535",
        "host:0080, host, 80",
    })
    void oneWordIsRead(String typed, String host, int port) {
        assertThat(Endpoint.parse(typed)).isEqualTo(new Endpoint(host, port));
    }

    @ParameterizedTest
    @CsvSource({"localhost, localhost", "::1, ::1", "[::1], ::1", "10.0.0.7, 10.0.0.7"})
    void hostAndPortMayBeTwoWords(String typed, String host) {
        assertThat(Endpoint.parse(List.of(typed, "8080"))).isEqualTo(new Endpoint(host, 8080));
    }

    @Test
    void firstTakesOnlyTheWordsOfTheAddress() {
        assertThat(Endpoint.first(List.of("8080", "9090")).words()).isEqualTo(1);
        assertThat(Endpoint.first(List.of("localhost:8080", "9090")).words()).isEqualTo(1);
        assertThat(Endpoint.first(List.of("localhost", "8080", "9090")).words()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "localhost|'localhost' has no port; write localhost:8080 or localhost 8080",
                "::1|'::1' has no port; write [::1]:8080 or ::1 8080",
                "[::1]|'[::1]' has no port; write [::1]:8080 or [::1] 8080",
                "localhost:|'' is not a port; allowed are the numbers 0 to 65535",
                "localhost:http|'http' is not a port; allowed are the numbers 0 to 65535",
                "localhost:65536|port 65536 is out of range; allowed are 0 to 65535",
                "99999999999|port 99999999999 is out of range; allowed are 0 to 65535",
                "-1|port -1 is out of range; allowed are 0 to 65535",
                "[::1:8080|'[::1:8080' is not an address; write HOST:PORT, for example localhost:8080 or [::1]:8080",
                "[::1]x:80|'[::1]x:80' is not an address; write HOST:PORT, for example localhost:8080 or [::1]:8080",
                "tcp://a:1|'tcp://a:1' is a URL; write HOST:PORT, for example localhost:8080 or [::1]:8080",
                "[[::1]:80|'[[::1]' is not a host; write HOST:PORT, for example localhost:8080 or [::1]:8080",
                "a b:1|'a b' is not a host; write HOST:PORT, for example localhost:8080 or [::1]:8080",
                "unix:/run/x|'unix:/run/x': unix sockets are not supported yet; write HOST:PORT, for example localhost:8080 or [::1]:8080",
            })
    void whatCanNotBeReadSaysWhatIsAllowed(String typed, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(typed)).withMessage(message);
    }

    @Test
    void aWordTooManyIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endpoint.parse(List.of("a:1", "b")))
                .withMessageStartingWith("'b' is left over after a:1;");
    }

    @ParameterizedTest
    @CsvSource({"localhost:8080", "[::1]:8080"})
    void textReadsBackTheSame(String typed) {
        assertThat(Endpoint.parse(typed)).hasToString(typed);
    }
}
