package dev.berth.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.berth.cli.demo.Step.Kind;

/** The story shows what it claims, with real sockets. */
class PlayTest {

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void whatAnArchitectureClaimsIsSeen(Architecture architecture) throws Exception {
        var play = Play.of(architecture);

        assertThat(play.asClaimed()).as("%s", play.steps()).isTrue();
    }

    @Test
    void inOneAtATimeTheSecondClientIsConnectedAndSilentUntilTheFirstLeaves() throws Exception {
        var steps = Play.of(Architecture.ONE_AT_A_TIME).steps();

        var silent = steps.stream().filter(step -> step.kind() == Kind.SILENT).findFirst().orElseThrow();
        var order = steps.stream().filter(step -> step.actor() == silent.actor()).map(Step::kind).toList();
        assertThat(order).containsExactly(Kind.CONNECTED, Kind.SENT, Kind.SILENT, Kind.ANSWERED);
    }

    @Test
    void inMultiTheStoryGoesFromMainSocketOverTheQueueToOwnThreadAndSocketToMessages() throws Exception {
        var marks = Play.of(Architecture.MULTI).steps().stream().map(step -> step.kind().mark()).distinct();

        assertThat(marks.filter(mark -> !mark.isEmpty())).containsExactly("1", "queue", "2", "3");
    }

    @Test
    void whereTheStorysAddressIsTakenItPlaysOnAnotherOneAndSaysSo() throws Exception {
        try (var other = new ServerSocket()) {
            takeStorysAddress(other);

            var play = Play.of(Architecture.MULTI);

            assertThat(play.remark()).startsWith("127.0.0.50:8080 can't be used here (");
            assertThat(play.server().getHostString()).isEqualTo("127.0.0.1");
            assertThat(play.asClaimed()).as("%s", play.steps()).isTrue();
        }
    }

    /** Taken already, by another program, is as good. */
    private static void takeStorysAddress(ServerSocket other) {
        try {
            other.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.50"), 8080));
        } catch (java.io.IOException taken) {
            assertThat(taken).isInstanceOf(java.net.BindException.class);
        }
    }
}
