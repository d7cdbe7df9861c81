package dev.berth.testkit.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.berth.framing.Framing;
import dev.berth.testkit.ScriptedPeer;
import dev.berth.testkit.ScriptedPeer.End;

/** What goes through the proxy, and what does not; both sides are plain sockets. */
@Timeout(60)
final class ChaosProxyTest {
    private static final String TEXT = "the quick brown fox jumps over the lazy dog";

    private ServerSocket listening;
    private ChaosProxy proxy;
    private ScriptedPeer client;
    private ScriptedPeer server;

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void listen() throws IOException {
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = started(builder -> builder);
        client = ScriptedPeer.connect(proxy.address());
        server = ScriptedPeer.over(listening.accept());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        client.close();
        server.close();
        listening.close();
    }

    private ChaosProxy started(UnaryOperator<ChaosProxyBuilder> how) throws IOException {
        return how.apply(ChaosProxy.to((InetSocketAddress) listening.getLocalSocketAddress())).start();
    }

    private void through(UnaryOperator<ChaosProxyBuilder> how) throws IOException {
        close();
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = started(how);
        client = ScriptedPeer.connect(proxy.address());
        server = ScriptedPeer.over(listening.accept());
    }

    private void toServer(Toxic... toxics) throws IOException {
        through(builder -> builder.seed(1).toServer(toxics));
    }

    /** What the server gets of the text when the client sends it and ends its stream. */
    private String delivered() throws IOException {
        client.send(TEXT).halfClose();
        return new String(server.rest(), UTF_8);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Test
    void withoutToxicsEverythingPassesBothWaysAndEndsOneWayAtATime() throws IOException {
        assertThat(delivered()).isEqualTo(TEXT);

        server.send("answer").halfClose();
        assertThat(client.rest()).asString(UTF_8).isEqualTo("answer");
        await().until(() -> proxy.live() == 0);
    }

    @Test
    void aResetOfOneSideReachesTheOther() throws IOException {
        client.reset();

        assertThat(server.awaitEnd()).isEqualTo(End.RESET);
    }

    @Test
    void latencyHoldsBytesUpAndNotTheirRate() throws IOException {
        toServer(new Toxic.Latency(Duration.ofMillis(200)));

        long begun = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            client.send("0123456789");
        }
        assertThat(server.receive(200)).hasSize(200);

        // Twenty latencies one after another would be 4 s.
        assertThat(since(begun)).isBetween(Duration.ofMillis(200), Duration.ofMillis(2_000));
    }

    @Test
    void jitterKeepsTheOrder() throws IOException {
        toServer(new Toxic.Jitter(Duration.ofMillis(20)));

        for (int i = 0; i < TEXT.length(); i++) {
            client.send(TEXT.substring(i, i + 1));
        }
        assertThat(server.receive(TEXT.length())).asString(UTF_8).isEqualTo(TEXT);
    }

    @Test
    void jitterHoldsEachPieceUpByAnotherTime() throws IOException {
        Duration most = Duration.ofMillis(400);
        toServer(new Toxic.Jitter(most));

        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            long begun = System.nanoTime();
            client.send("x");
            assertThat(server.receive(1)).hasSize(1);
            delays.add(since(begun));
        }

        Duration shortest = Collections.min(delays);
        assertThat(shortest).isLessThan(most);
        assertThat(Collections.max(delays)).isGreaterThan(shortest.plusMillis(100));
    }

    @Test
    void bandwidthIsNotExceeded() throws IOException {
        toServer(new Toxic.Bandwidth(200));

        long begun = System.nanoTime();
        assertThat(delivered()).isEqualTo(TEXT);

        assertThat(since(begun)).isGreaterThan(Duration.ofMillis(TEXT.length() * 1_000L / 200 - 20));
    }

    @Test
    void slowCloseHoldsUpTheEndAlone() throws IOException {
        toServer(new Toxic.SlowClose(Duration.ofMillis(300)));

        long begun = System.nanoTime();
        client.send(TEXT).halfClose();
        assertThat(server.receive(TEXT.length())).hasSize(TEXT.length());
        Duration data = since(begun);
        assertThat(server.rest()).isEmpty();

        assertThat(since(begun)).isGreaterThanOrEqualTo(Duration.ofMillis(300)).isGreaterThan(data);
    }

    @Test
    void timeoutLetsNothingThroughAndThenEnds() throws IOException {
        toServer(new Toxic.Timeout(Duration.ofMillis(100)));
        client.send(TEXT);

        assertThat(server.rest()).isEmpty();
    }

    @Test
    void timeoutEndsBothSidesInPeaceAndNotBefore() throws IOException {
        long begun = System.nanoTime();
        toServer(new Toxic.Timeout(Duration.ofMillis(200)));

        assertThat(client.awaitEnd()).isEqualTo(End.CLOSED);

        assertThat(since(begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void resetPeerLetsNothingThroughAndThenResetsBothSidesAndNotBefore() throws IOException {
        long begun = System.nanoTime();
        toServer(new Toxic.ResetPeer(Duration.ofSeconds(1)));
        client.send(TEXT);

        assertThat(untilReset(server)).isEmpty();
        assertThat(client.awaitEnd()).isEqualTo(End.RESET);

        assertThat(since(begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void rstNowResetsBothSidesAtOnce() throws IOException {
        toServer(new Toxic.RstNow());

        assertThat(server.awaitEnd()).isEqualTo(End.RESET);
        assertThat(client.awaitEnd()).isEqualTo(End.RESET);
    }

    @Test
    void slicesAreOfTheMiddleSizeGiveOrTakeTheSpreadWithAPauseAfterEach() throws IOException {
        toServer(new Toxic.Slicer(10, 3, Duration.ofSeconds(1)));

        long begun = System.nanoTime();
        client.send(TEXT);

        assertThat(nextRead(server)).isBetween(7, 13);
        assertThat(nextRead(server)).isBetween(7, 13);
        assertThat(since(begun)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void splitsAreOfOneSize() throws IOException {
        // The slicer, whose slices are longer, does no more than to keep the splits apart.
        toServer(new Toxic.SplitEvery(3), new Toxic.Slicer(1_000, 0, Duration.ofSeconds(1)));

        client.send(TEXT);

        assertThat(nextRead(server)).isEqualTo(3);
        assertThat(nextRead(server)).isEqualTo(3);
    }

    @Test
    void slicesAndSplitsLoseNothing() throws IOException {
        toServer(new Toxic.Slicer(5, 4, Duration.ofMillis(1)), new Toxic.SplitEvery(2));

        assertThat(delivered()).isEqualTo(TEXT);
    }

    @Test
    void coalescedWritesArriveAtOnce() throws IOException {
        toServer(new Toxic.Coalesce(Duration.ofMillis(300)));

        client.send("a").send("b").send("c");

        var bytes = new byte[10];
        assertThat(server.socket().getInputStream().read(bytes)).isEqualTo(3);
    }

    @Test
    void limitDataEndsBothStreamsInPeace() throws IOException {
        toServer(new Toxic.LimitData(10));
        client.send(TEXT);

        assertThat(server.rest()).asString(UTF_8).isEqualTo(TEXT.substring(0, 10));
        assertThat(client.awaitEnd()).isEqualTo(End.CLOSED);
    }

    @Test
    void cutAfterNoBytesResetsAtOnce() throws IOException {
        toServer(new Toxic.CutAfterBytes(0));

        assertThat(server.awaitEnd()).isEqualTo(End.RESET);
        assertThat(client.awaitEnd()).isEqualTo(End.RESET);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 42, 43})
    void cutAfterBytesResetsAtThatByte(int bytes) throws IOException {
        toServer(new Toxic.CutAfterBytes(bytes));
        client.send(TEXT);

        assertThat(untilReset(server)).isEqualTo(TEXT.substring(0, bytes));
        assertThat(client.awaitEnd()).isEqualTo(End.RESET);
    }

    @Test
    void cutAfterMoreBytesThanThereAreCutsNothing() throws IOException {
        toServer(new Toxic.CutAfterBytes(TEXT.length() + 1));

        assertThat(delivered()).isEqualTo(TEXT);
    }

    @Test
    void cutAfterFramesDeliversSoManyWholeOnes() throws IOException {
        toServer(new Toxic.CutAfterFrames(2, Framing.line()), new Toxic.Latency(Duration.ofMillis(20)));
        client.send("one\ntwo").send("\nthree\n");

        assertThat(server.receive(8)).asString(UTF_8).isEqualTo("one\ntwo\n");
        assertThat(server.awaitEnd()).isEqualTo(End.RESET);
    }

    @Test
    void oneByteIsCorruptedTheSameWayForTheSameSeed() throws IOException {
        toServer(new Toxic.CorruptByte(4));
        String first = delivered();
        toServer(new Toxic.CorruptByte(4));
        String second = delivered();

        assertThat(first).isEqualTo(second).isNotEqualTo(TEXT).startsWith(TEXT.substring(0, 4));
    }

    @Test
    void finOneWayLeavesTheOtherWay() throws IOException {
        toServer(new Toxic.FinOneWay(3));
        client.send(TEXT);

        assertThat(server.rest()).asString(UTF_8).isEqualTo(TEXT.substring(0, 3));
        server.send("still here");
        assertThat(client.receive(10)).asString(UTF_8).isEqualTo("still here");
    }

    @Test
    void stallOneWayLeavesTheOtherWay() throws IOException {
        toServer(new Toxic.StallOneWay(3));
        client.send(TEXT).halfClose();

        assertThat(server.receive(3)).asString(UTF_8).isEqualTo(TEXT.substring(0, 3));
        assertSilent(server);
        server.send("still here");
        assertThat(client.receive(10)).asString(UTF_8).isEqualTo("still here");
    }

    @Test
    void halfOpenHidesEvenAReset() throws IOException {
        toServer(new Toxic.HalfOpen(3));
        client.send(TEXT);
        assertThat(server.receive(3)).hasSize(3);

        client.reset();

        assertSilent(server);
    }

    @Test
    void theSameIsDoneToPresentConnectionsOnDemand() throws IOException {
        proxy.finOneWay(Direction.TO_CLIENT);
        assertThat(client.awaitEnd()).isEqualTo(End.CLOSED);

        proxy.stallOneWay(Direction.TO_SERVER);
        client.send(TEXT);
        assertSilent(server);

        proxy.rstNow();
        assertThat(server.awaitEnd()).isEqualTo(End.RESET);
    }

    @Test
    void whomTheServerHasAcceptedIsLive() throws IOException {
        for (int round = 1; round <= 500; round++) {
            try (var another = ScriptedPeer.connect(proxy.address());
                    var accepted = ScriptedPeer.over(listening.accept())) {
                proxy.finOneWay(Direction.TO_CLIENT);
                assertThat(another.awaitEnd()).as("round %d", round).isEqualTo(End.CLOSED);
                another.send("x");
                assertThat(accepted.receive(1)).hasSize(1);
            }
        }
    }

    @Test
    void refuseHasTheSystemRefuseWhoComes() throws IOException {
        try (ChaosProxy refusing = started(builder -> builder.toServer(new Toxic.Refuse(Duration.ofMinutes(1))))) {
            await().untilAsserted(() -> assertThatThrownBy(() -> ScriptedPeer.connect(refusing.address()).close())
                    .isInstanceOf(ConnectException.class));
        }
    }

    @Test
    void refusedByTheSystemUntilItAcceptsAgain() throws IOException {
        proxy.refuse();
        assertThatThrownBy(() -> ScriptedPeer.connect(proxy.address()).close()).isInstanceOf(ConnectException.class);
        client.send("x");
        assertThat(server.receive(1)).hasSize(1);

        proxy.accept();
        await().ignoreExceptions().until(() -> {
            ScriptedPeer.connect(proxy.address()).close();
            return true;
        });
    }

    @Test
    void closingResetsWhatIsLeft() throws IOException {
        proxy.close();

        assertThat(client.awaitEnd()).isEqualTo(End.RESET);
        assertThat(server.awaitEnd()).isEqualTo(End.RESET);
        assertThat(proxy.live()).isZero();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("chaos-" + proxy.port() + "-")));
    }

    /** Bytes of one read: what is there by then. */
    private static int nextRead(ScriptedPeer peer) throws IOException {
        return peer.socket().getInputStream().read(new byte[2 * TEXT.length()]);
    }

    /** What came before the reset. */
    private static String untilReset(ScriptedPeer peer) throws IOException {
        var come = new ByteArrayOutputStream();
        assertThatThrownBy(() -> peer.socket().getInputStream().transferTo(come)).isInstanceOf(SocketException.class);
        return come.toString(UTF_8);
    }

    private static void assertSilent(ScriptedPeer peer) throws IOException {
        peer.socket().setSoTimeout(100);
        assertThatThrownBy(() -> peer.receive(1)).isInstanceOf(SocketTimeoutException.class);
    }
}
