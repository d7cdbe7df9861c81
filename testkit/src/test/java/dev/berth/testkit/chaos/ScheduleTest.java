package dev.berth.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.berth.framing.Framing;
import dev.berth.server.TcpServer;
import dev.berth.testkit.ScriptedPeer;

/** A schedule comes from its seed, and each connection gets its own fault. */
@Timeout(60)
final class ScheduleTest {

    @Test
    void theSameSeedIsTheSameList() {
        var first = Schedule.draw(42, 200, Framing.line());

        assertThat(first).hasToString(Schedule.draw(42, 200, Framing.line()).toString());
        assertThat(first).doesNotHaveToString(Schedule.draw(43, 200, Framing.line()).toString());
    }

    @Test
    void everyKindIsDrawn() {
        Set<Class<?>> kinds = Schedule.draw(1, 500, Framing.line()).faults().stream()
                .<Class<?>>map(fault -> fault.toxic().getClass())
                .collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder(Toxic.class.getPermittedSubclasses());
    }

    @Test
    void itIsPrintedALineForEachConnection() {
        var schedule = new Schedule(7, List.of(
                new Fault(Direction.TO_SERVER, new Toxic.CutAfterBytes(3)),
                new Fault(Direction.TO_CLIENT, new Toxic.CutAfterFrames(2, Framing.line()))));

        assertThat(schedule).hasToString("""
                seed 7
                  1 TO_SERVER CutAfterBytes[bytes=3]
                  2 TO_CLIENT CutAfterFrames[frames=2, framing=line]""");
    }

    @Test
    void eachConnectionGetsItsOwnFault() throws IOException {
        var schedule = new Schedule(7, List.of(
                new Fault(Direction.TO_SERVER, new Toxic.AcceptThenClose()),
                new Fault(Direction.TO_CLIENT, new Toxic.Refuse(Duration.ofMillis(1))),
                new Fault(Direction.TO_CLIENT, new Toxic.LimitData(2))));
        try (var server = TcpServer.listen(0, client -> client.forEach(client::send));
                var proxy = ChaosProxy.to(server.address()).schedule(schedule).start()) {
            try (var first = ScriptedPeer.connect(proxy.address())) {
                assertThat(first.rest()).isEmpty();
            }
            try (var second = connectedOnceItListens(proxy)) {
                assertThat(second.send("hello\n").line()).isEqualTo("hello");
            }
            try (var third = ScriptedPeer.connect(proxy.address());
                    var fourth = ScriptedPeer.connect(proxy.address())) {
                assertThat(third.send("hello\n").rest()).hasSize(2);
                assertThat(fourth.send("hello\n").line()).isEqualTo("hello");
            }
        }
    }

    private static ScriptedPeer connectedOnceItListens(ChaosProxy proxy) {
        return await()
                .ignoreExceptions()
                .until(() -> {
                    var peer = ScriptedPeer.connect(proxy.address());
                    // A client that was still waiting to be accepted is refused by a reset.
                    return peer.send("\n").line().isEmpty() ? peer : null;
                }, peer -> peer != null);
    }
}
