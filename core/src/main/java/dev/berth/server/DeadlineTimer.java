package dev.berth.server;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks four times a second after every client of one server: who is waited for too long, is too old, or wants a sign of life.
 *
 * <p>A platform thread, so that handlers which never give a processor back can't hold it up. It reads the clock that no setting of
 * the date moves. After a pause of the whole process it lets clients be read for one turn before it judges, and gives each the time of
 * the pause besides.
 */
final class DeadlineTimer implements Runnable {
    private static final Duration TURN = Duration.ofMillis(250);

    private final Clients clients;
    private final Thread thread;
    private final Pauses pauses = new Pauses(System.nanoTime());
    private volatile boolean stopped;

    DeadlineTimer(String label, Clients clients) {
        this.clients = clients;
        thread = Thread.ofPlatform().daemon().name("berth-" + label + "-timer").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Has the thread end. Harmless if it never began. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        while (!stopped) {
            // User code may have left one here: no wait for the next turn would wait.
            Thread.interrupted();
            LockSupport.parkNanos(this, TURN.toNanos());
            try {
                turn(System.nanoTime());
            } catch (Throwable e) {
                // No memory to look at anybody: another turn comes.
            }
        }
    }

    private void turn(long now) {
        if (pauses.endsWith(now)) {
            clients.forEach(client -> client.excuse(pauses.length()));
        } else if (!stopped) {
            clients.forEach(client -> look(client, now));
        }
    }

    private static void look(ConnectionTask<?> client, long now) {
        try {
            client.look(now);
        } catch (Throwable e) {
            // No memory: this client is looked after at the next turn, and the others at this one.
        }
    }
}
