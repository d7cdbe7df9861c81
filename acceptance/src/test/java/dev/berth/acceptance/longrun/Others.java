package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The other clients: ordinary ones that ask and get their answers all the time while something is done to the server.
 *
 * <p>For one thread, except {@link #errors}. Each asks its next question at once, or after a pause. Closing them ends them.
 */
final class Others implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong slowestNanos = new AtomicLong();
    private final Duration pause;
    private volatile boolean over;

    private Others(Duration pause) {
        this.pause = pause;
    }

    /** Connects so many, each of which has had an answer when this returns. */
    static Others ask(int count, int port, Duration pause) throws IOException {
        var others = new Others(pause);
        try {
            for (int i = 0; i < count; i++) {
                var peer = new Peer(port);
                others.peers.add(peer);
                others.exchange(peer, "first " + i);
            }
        } catch (IOException e) {
            others.close();
            throw e;
        }
        for (var peer : others.peers) {
            others.threads.add(Thread.ofPlatform().daemon().name("other-" + others.threads.size()).start(() -> others.talk(peer)));
        }
        return others;
    }

    private void talk(Peer peer) {
        try {
            for (int i = 0; !over; i++) {
                exchange(peer, "question " + i);
                Thread.sleep(pause);
            }
        } catch (IOException e) {
            errors.add(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void exchange(Peer peer, String question) throws IOException {
        long start = System.nanoTime();
        var answer = peer.send(question).line();
        slowestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
        answers.incrementAndGet();
        if (!question.equals(answer)) {
            throw new IOException("asked " + question + ", was answered " + answer);
        }
    }

    /** What went wrong so far: a wrong answer, an end. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    long answers() {
        return answers.get();
    }

    /** The longest wait for an answer. */
    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    @Override
    public void close() throws IOException {
        over = true;
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var peer : peers) {
            peer.close();
        }
    }
}
