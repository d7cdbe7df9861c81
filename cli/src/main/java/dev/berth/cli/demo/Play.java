package dev.berth.cli.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One scene: a server of one architecture, and two clients that do the same at the same time.
 *
 * @param architecture what was played
 * @param server the address it was played at
 * @param remark why not at the story's addresses; empty if it was
 * @param steps what was seen
 * @param asClaimed whether what the architecture claims was seen
 */
public record Play(
        Architecture architecture, InetSocketAddress server, String remark, List<Step> steps, boolean asClaimed) {
    /** How many messages each client sends. */
    static final int ROUNDS = 2;

    /**
     * Plays the scene with real sockets and returns what was seen.
     *
     * @throws IOException if even this machine's own address and a free port cannot be used
     */
    public static Play of(Architecture architecture) throws IOException, InterruptedException {
        var stage = Stage.build();
        var observations = new Observations();
        try (var server = start(architecture, stage.server(), observations);
                var first = new Visitor(Actor.CLIENT_1, observations);
                var second = new Visitor(Actor.CLIENT_2, observations);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            together(threads, connect(first, stage.client1(), stage), connect(second, stage.client2(), stage));
            server.open();
            for (int round = 1; round <= ROUNDS; round++) {
                var answered = together(threads, () -> exchange(first), () -> exchange(second));
                if (architecture == Architecture.ONE_AT_A_TIME) {
                    leaveToTheOther(answered.getFirst() ? first : second, answered.getFirst() ? second : first);
                    break;
                }
            }
        }
        return new Play(
                architecture, stage.server(), stage.remark(), observations.steps(), architecture.isShownBy(observations));
    }

    private static Server start(Architecture architecture, InetSocketAddress address, Observations observations)
            throws IOException {
        return switch (architecture) {
            case SHARED -> new SharedSocketServer(address, observations);
            case ONE_AT_A_TIME -> new OneAtATimeServer(address, observations);
            case MULTI -> new BerthServer(address, observations);
        };
    }

    private static Callable<Boolean> connect(Visitor visitor, InetSocketAddress from, Stage stage) {
        return () -> {
            visitor.connect(from, stage.server());
            return true;
        };
    }

    private static boolean exchange(Visitor visitor) throws IOException {
        visitor.send();
        return visitor.listen();
    }

    /** The one that is served leaves; the other still waits for the answer to what it sent. */
    private static void leaveToTheOther(Visitor served, Visitor waiting) throws IOException {
        served.leave();
        waiting.listen();
    }

    /** Runs both at the same time and waits for both. */
    private static List<Boolean> together(ExecutorService threads, Callable<Boolean> one, Callable<Boolean> other)
            throws IOException, InterruptedException {
        var done = threads.invokeAll(List.of(one, other));
        try {
            return List.of(done.getFirst().get(), done.getLast().get());
        } catch (ExecutionException e) {
            throw new IOException(e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }
}
