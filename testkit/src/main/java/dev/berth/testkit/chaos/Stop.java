package dev.berth.testkit.chaos;

import java.io.IOException;

/** Lets so many bytes through, then does something, once, and drops what follows. */
final class Stop implements Sink {
    private final Sink next;
    private final Runnable beforeLast;
    private final Action action;
    private long left;
    private boolean stopped;

    /** What is done there. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException, InterruptedException;
    }

    /**
     * A stop.
     *
     * @param beforeLast is run before the last bytes go through: whoever receives them may already act on them
     * @param action is run once they went
     */
    Stop(Sink next, long after, Runnable beforeLast, Action action) {
        this.next = next;
        left = after;
        this.beforeLast = beforeLast;
        this.action = action;
    }

    /** Stops before the first byte comes, where none may pass. */
    void stopIfAtOnce() throws IOException, InterruptedException {
        if (left == 0) {
            stop();
        }
    }

    @Override
    public void bytes(byte[] bytes, int from, int length, long due) throws IOException, InterruptedException {
        if (stopped) {
            return;
        }
        int some = (int) Math.min(left, length);
        if (some == left) {
            beforeLast.run();
        }
        if (some > 0) {
            next.bytes(bytes, from, some, due);
            left -= some;
        }
        if (left == 0) {
            stop();
        }
    }

    @Override
    public void end(long due) throws IOException, InterruptedException {
        if (!stopped) {
            next.end(due);
        }
    }

    private void stop() throws IOException, InterruptedException {
        stopped = true;
        action.run();
    }
}
