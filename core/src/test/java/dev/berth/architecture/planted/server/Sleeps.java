package dev.berth.architecture.planted.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;

import dev.berth.architecture.planted.connection.Talks;

/** Sleeps, deserializes, measures by the date, and closes a circle with the connection. */
public final class Sleeps {
    private Sleeps() {}

    /** Sleeps. */
    @SuppressWarnings("ThreadSleepMillis")
    public static void sleep() throws InterruptedException {
        Talks.print();
        Thread.sleep(1);
    }

    /** Measures by the date. */
    public static long since(long start) {
        return System.currentTimeMillis() - start;
    }

    /** Deserializes. */
    public static Object read(InputStream in) throws IOException, ClassNotFoundException {
        try (var objects = new ObjectInputStream(in)) {
            return objects.readObject();
        }
    }
}
