package dev.berth.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The addresses a scene plays at.
 *
 * @param server the server's address
 * @param client1 where client 1 comes from
 * @param client2 where client 2 comes from
 * @param remark why these are not the story's addresses; empty if they are
 */
record Stage(InetSocketAddress server, InetSocketAddress client1, InetSocketAddress client2, String remark) {
    private static final int STORY_PORT = 8080;
    private static final int ANY_PORT = 0;

    /** The story's addresses where the system and other programs allow them, else this machine and a free port. */
    static Stage build() throws IOException {
        var story = new Stage(
                address("127.0.0.50", STORY_PORT),
                address("127.0.0.10", ANY_PORT),
                address("127.0.0.11", ANY_PORT),
                "");
        try {
            story.tryOut();
            return story;
        } catch (IOException e) {
            var any = address("127.0.0.1", ANY_PORT);
            try (var free = new ServerSocket()) {
                free.bind(any);
                var server = address("127.0.0.1", free.getLocalPort());
                return new Stage(server, any, any, "127.0.0.50:8080 can't be used here (" + e.getMessage()
                        + "), so the play is on 127.0.0.1:" + server.getPort());
            }
        }
    }

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(ip), port);
    }

    private void tryOut() throws IOException {
        try (var main = new ServerSocket(); var first = new Socket(); var second = new Socket()) {
            main.bind(server);
            first.bind(client1);
            second.bind(client2);
        }
    }
}
