package dev.berth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import dev.berth.testkit.junit.BaselineExtension;
import dev.berth.testkit.junit.ServerExtension;

/** A listing of docs/guide/testing.md. */
final class NothingLeftTest {
    @RegisterExtension
    @Order(1)
    final BaselineExtension baseline = new BaselineExtension();

    @RegisterExtension
    @Order(2)
    final ServerExtension<String> meters =
            ServerExtension.lines(new MeterHandler()).with(server -> server.transport(baseline.transport()));

    @Test
    void aMeterIsServed() throws Exception {
        assertThat(meters.connect().request("HELLO 1")).isEqualTo("OK 1");
    }
}
