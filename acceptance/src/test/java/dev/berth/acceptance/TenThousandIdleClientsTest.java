package dev.berth.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten thousand clients that have nothing to say, in one server process. */
@Timeout(90)
class TenThousandIdleClientsTest {
    private static final int CLIENTS = 10_000;
    private static final int SEVERAL = 10;
    private static final int GOAL_BYTES = 3 * 1024;
    /** Above what stacks of unoptimized code cost: it finds a leak or a buffer per client. Results watch the goal. */
    private static final int BOUND_BYTES = 16 * 1024;

    private static final List<String> PLAIN = List.of("-Xmx1g");
    private static final List<String> COMPACT = List.of("-Xmx1g", "-XX:+UseCompactObjectHeaders");

    @Test
    void anIdleClientCostsLittleHeap() throws Exception {
        var measured = List.of(
                IdleHeap.measure(PLAIN, CLIENTS, 1),
                IdleHeap.measure(COMPACT, CLIENTS, 1),
                IdleHeap.measure(PLAIN, CLIENTS, SEVERAL));

        record(measured);
        assertThat(measured).allSatisfy(heap -> assertThat(heap.bytesPerClient()).isBetween(1L, (long) BOUND_BYTES));
    }

    private static void record(List<IdleHeap> measured) throws IOException, InterruptedException {
        var text = new StringBuilder("""
                # Heap of an idle client

                %,d clients in one server process on the portable transport, each idle after a few messages.
                Live heap after full collections, with them minus before them, in a server that has served 20,000 clients before.
                Goal: %,d bytes a client. What varies from run to run is the parked thread's stack (`jdk.internal.vm.StackChunk`),
                which is small when the optimizing compiler had got to the methods on it; see acceptance/README.md.

                | JVM flags | messages before idle | before, bytes | after, bytes | bytes a client | of them stack |
                |---|--:|--:|--:|--:|--:|
                """.formatted(CLIENTS, GOAL_BYTES));
        for (var heap : measured) {
            text.append("| `%s` | %d | %d | %d | **%d** | %d |%n"
                    .formatted(
                            String.join(" ", heap.options()),
                            heap.messages(),
                            heap.before(),
                            heap.after(),
                            heap.bytesPerClient(),
                            heap.stackBytesPerClient()));
        }
        text.append("""

                - date: %s, commit: %s
                - command: `mvn -B -pl acceptance -am verify -Dberth.record -Dtest=TenThousandIdleClientsTest -Dsurefire.failIfNoSpecifiedTests=false`
                - machine: %s
                """.formatted(LocalDate.now(ZoneOffset.UTC), Machine.commit(), Machine.describe()));
        System.out.print(text);
        var folder = Files.createDirectories(Path.of(System.getProperty("berth.results", "target/results")));
        Files.writeString(folder.resolve("idle-heap.md"), text, StandardCharsets.UTF_8);
    }
}
