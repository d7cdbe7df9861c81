package dev.berth.cli.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;

import org.junit.jupiter.api.Test;

import dev.berth.cli.args.Endpoint;

/** Why an address can't be listened on. */
final class BindTroubleTest {
    @Test
    void anAddressOfAnotherMachine() {
        // TEST-NET-3 (RFC 5737): nobody's address.
        assertThat(BindTrouble.explain(new Endpoint("203.0.113.1", 8080), new BindException("x")))
                .isEqualTo("203.0.113.1 is not an address of this machine; use --bind 127.0.0.1, or --bind 0.0.0.0 for all it has");
    }

    @Test
    void aPortOfTheSystem() {
        // Nothing answers on port 1, so it is not taken.
        assertThat(BindTrouble.explain(new Endpoint("127.0.0.1", 1), new BindException("x")))
                .startsWith("port 1 on 127.0.0.1 is not allowed: ports below 1024 are the system's;");
    }
}
