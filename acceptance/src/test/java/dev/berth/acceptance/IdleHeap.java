package dev.berth.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What idle clients cost a server process in heap.
 *
 * @param options of the server's JVM
 * @param clients how many clients
 * @param messages how many messages each of them exchanged before it fell idle
 * @param before bytes of live heap without clients, warmed up
 * @param after bytes of live heap with all of them idle
 * @param stacks bytes of parked threads' stacks in it
 */
record IdleHeap(List<String> options, int clients, int messages, long before, long after, long stacks) {
    /** Enough for the compiler: a parked thread's stack is far smaller when its frames are compiled ones. */
    private static final int WARM_UPS = 20_000;

    /** Measures in a server process with these options for its JVM. */
    static IdleHeap measure(List<String> options, int clients, int messages)
            throws IOException, InterruptedException {
        var idle = new ArrayList<SocketChannel>();
        try (var server = ServerProcess.start(0, WARM_UPS, options)) {
            long before = server.ask("heap");
            for (int i = 0; i < clients; i++) {
                var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
                idle.add(SocketChannel.open(address));
            }
            for (int i = 0; i < messages; i++) {
                for (var client : idle) {
                    exchange(client);
                }
            }
            if (server.ask("live") != clients) {
                throw new AssertionError("not every client is served");
            }
            return new IdleHeap(options, clients, messages, before, server.ask("heap"), server.ask("stacks"));
        } finally {
            for (var client : idle) {
                client.close();
            }
        }
    }

    long bytesPerClient() {
        return (after - before) / clients;
    }

    long stackBytesPerClient() {
        return stacks / clients;
    }

    private static void exchange(SocketChannel client) throws IOException {
        var line = Reply.message(0, 0) + "\n";
        client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        var answer = ByteBuffer.allocate(Reply.answer(line).length());
        while (answer.hasRemaining()) {
            if (client.read(answer) < 0) {
                throw new IOException("the server ended an idle client");
            }
        }
    }
}
