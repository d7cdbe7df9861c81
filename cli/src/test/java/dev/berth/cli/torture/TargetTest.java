package dev.berth.cli.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.cli.args.Endpoint;

/** Who may be attacked; the addresses are those of the standards, at their edges. Nobody is connected to. */
final class TargetTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1",
        "10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255",
        "169.254.0.1", "fe80::1", "fc00::1", "fdff::1"})
    void thisMachineAndPrivateNetworksMay(String address) throws UnknownHostException {
        assertThat(Target.isNear(InetAddress.getByName(address))).isTrue();
        assertThat(Target.of(new Endpoint(address, 80), null).address().getPort()).isEqualTo(80);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "126.255.255.255", "128.0.0.0", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
        "192.169.0.0", "169.253.0.0", "169.255.0.0", "192.0.2.1", "0.0.0.0", "::", "2001:db8::1", "fec0::1", "fbff::1", "fe00::1",
        "::ffff:192.0.2.1"})
    void nobodyElseMay(String address) {
        assertThatThrownBy(() -> Target.of(new Endpoint(address, 80), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--i-may-attack " + address);
    }

    @Test
    void whoIsNamedTwiceMay() throws UnknownHostException {
        assertThat(Target.of(new Endpoint("192.0.2.1", 80), "192.0.2.1").address().getHostString()).isEqualTo("192.0.2.1");
    }

    @Test
    void namedTwiceIsNamedInTheSameWord() {
        assertThatThrownBy(() -> Target.of(new Endpoint("127.0.0.1", 80), "localhost")).hasMessageContaining("the same word");
    }
}
