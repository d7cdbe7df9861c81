package dev.berth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.berth.transport.CloseReason;

/** What is counted stays right where memory runs out in the middle of it; in a process of its own, which has little. FAULTS E4, E8. */
class WithoutMemoryTest {
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final int TIMES = 400;

    /** The child: lets clients come and go with a heap that is full but for a few bytes. */
    static final class Child {
        private static final Deque<byte[]> FILLING = new ArrayDeque<>(1 << 20);

        private Child() {}

        @SuppressWarnings("SystemOut")
        public static void main(String[] args) throws Exception {
            var admission = new Admission(Limits.DEFAULT.maxConnections(20).maxQueued(TIMES), WhenFull.WAIT);
            var peers = new InetAddress[TIMES];
            for (int i = 0; i < TIMES; i++) {
                peers[i] = InetAddress.getByAddress(new byte[] {10, (byte) (i >> 8), (byte) i, 1});
            }
            Deque<Ticket> tickets = new ArrayDeque<>(TIMES);
            comeAndGo(admission, peers, tickets);
            fill();
            int lost = comeAndGo(admission, peers, tickets);
            FILLING.clear();

            var end = admission.ledger();
            System.out.println((lost > 0) + " " + end.live() + " " + end.waiting() + " "
                    + (end.accepted() - end.refused() - end.closed()) + " " + (end.accepted() == 2 * TIMES - lost));
        }

        /** Returns for how many there was no memory. */
        private static int comeAndGo(Admission admission, InetAddress[] peers, Deque<Ticket> tickets) {
            int lost = 0;
            for (int i = 0; i < TIMES; i++) {
                try {
                    tickets.addLast(admission.offer(peers[i]));
                } catch (OutOfMemoryError e) {
                    lost++;
                    // A little more for the next one, so that each step is somebody's last.
                    FILLING.pollLast();
                }
            }
            while (!tickets.isEmpty()) {
                var ticket = tickets.removeFirst();
                if (!admission.leave(ticket, RefuseReason.LEFT)) {
                    admission.release(ticket, CloseReason.COMPLETED);
                }
            }
            return lost;
        }

        private static void fill() {
            for (int size = 1 << 20; size > 0; size /= 2) {
                try {
                    while (true) {
                        FILLING.addLast(new byte[size]);
                    }
                } catch (OutOfMemoryError full) {
                    // The rest is filled with smaller ones.
                }
            }
        }
    }

    @Test
    void noPlaceIsLostAndTheLedgerBalances() throws Exception {
        var classes = "target/classes" + File.pathSeparator + "target/test-classes";
        var process = new ProcessBuilder(JAVA, "-Xmx24m", "-XX:+UseSerialGC", "-cp", classes, Child.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).isEqualTo("true 0 0 0 true");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
