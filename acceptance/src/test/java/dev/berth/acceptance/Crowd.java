package dev.berth.acceptance;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many clients at once, each on a socket and a virtual thread of its own, that send their own numbered messages and note
 * every reply they get, whoever's it is.
 *
 * <p>They come one after another, in no order of their numbers; each has its first message answered before the next one
 * comes. When all are there, all talk at once: a window of messages, as many replies, the next window.
 *
 * @param clients how many clients
 * @param messages how many messages each of them sends
 * @param patience how long a client waits for the next reply before it gives up
 * @param onWindow is told, on the client's thread, whenever a client has got a whole window of replies
 */
record Crowd(int clients, int messages, Duration patience, Runnable onWindow) {
    private static final int WINDOW = 50;

    /** One client and the replies it got, in order. */
    private record Member(int number, EchoClient client, List<Reply> replies) {}

    /** Lets all of them talk to this machine's port; returns each one's replies, by number, in the order it got them. */
    List<List<Reply>> talkTo(int port) throws IOException, InterruptedException, ExecutionException {
        var members = new ArrayList<Member>();
        var replies = new ArrayList<>(Collections.nCopies(clients, List.<Reply>of()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number : inNoOrder()) {
                var member = new Member(number, new EchoClient(port, patience), new ArrayList<>(messages));
                members.add(member);
                replies.set(number, member.replies());
                exchange(member, 0, 1);
            }
            var talks = members.stream().map(this::talk).toList();
            for (var talk : threads.invokeAll(talks)) {
                talk.get();
            }
        } finally {
            for (var member : members) {
                member.client().close();
            }
        }
        return replies;
    }

    private List<Integer> inNoOrder() {
        var numbers = IntStream.range(0, clients).boxed().collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(numbers, new Random(clients));
        return numbers;
    }

    private Callable<Boolean> talk(Member member) {
        return () -> {
            for (int sent = 1; sent < messages; sent += WINDOW) {
                if (!exchange(member, sent, Math.min(sent + WINDOW, messages))) {
                    return false;
                }
                onWindow.run();
            }
            return true;
        };
    }

    /** Sends the messages from one number to another at once, then waits for as many replies; false if they don't come. */
    private static boolean exchange(Member member, int from, int to) throws IOException {
        var lines = IntStream.range(from, to)
                .mapToObj(i -> Reply.message(member.number(), i) + "\n")
                .collect(Collectors.joining());
        member.client().write(lines);
        try {
            for (int i = from; i < to; i++) {
                var answer = member.client().readLine();
                if (answer == null) {
                    return false;
                }
                member.replies().add(Reply.parse(member.number(), answer));
            }
        } catch (SocketTimeoutException outOfPatience) {
            return false;
        }
        return true;
    }
}
