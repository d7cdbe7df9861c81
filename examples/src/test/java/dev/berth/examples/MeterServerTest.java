package dev.berth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.berth.testkit.junit.ServerExtension;

/** The last listing of docs/guide/testing.md: a test with a real server. */
final class MeterServerTest {
    @RegisterExtension
    static ServerExtension<String> meters =
            ServerExtension.lines(new MeterHandler()).with(server -> server.maxConnections(2));

    @Test
    void twoMetersAreServedAtOnce() throws Exception {
        var first = meters.connect();
        var second = meters.connect();
        assertThat(second.request("HELLO 2")).isEqualTo("OK 2");
        assertThat(first.request("HELLO 1")).isEqualTo("OK 1");
    }
}
