package dev.berth.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/**
 * An echo server with a thread for each client, whose messages share a memory of 2 MiB: a message with a length in front takes what it
 * announces, a line what has come of it, and who needs more than there is waits, with everybody behind it.
 */
final class OneMemory extends WeakServer {
    private static final boolean FAIR = true;

    private final Semaphore bytes = new Semaphore(2 << 20, FAIR);
    private final Queue<Thread> clients = new ConcurrentLinkedQueue<>();
    private final boolean lengths;

    OneMemory(String frame) throws IOException {
        lengths = frame.equals("len4be");
        start();
    }

    @Override
    void ended() {
        clients.forEach(Thread::interrupt);
    }

    @Override
    void serve(Socket client) throws IOException, InterruptedException {
        clients.add(Thread.currentThread());
        DataInputStream in = new DataInputStream(client.getInputStream());
        while (true) {
            client.getOutputStream().write(lengths ? message(in) : line(in));
        }
    }

    private byte[] message(DataInputStream in) throws IOException, InterruptedException {
        int length = in.readInt();
        int taken = (int) Math.min(Integer.toUnsignedLong(length), Integer.MAX_VALUE);
        bytes.acquire(taken);
        try {
            byte[] message = ByteBuffer.allocate(Integer.BYTES + length).putInt(length).array();
            in.readFully(message, Integer.BYTES, length);
            return message;
        } finally {
            bytes.release(taken);
        }
    }

    private byte[] line(DataInputStream in) throws IOException, InterruptedException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = 0; next != '\n'; line.write(next)) {
                next = in.readUnsignedByte();
                bytes.acquire();
            }
            return line.toByteArray();
        } finally {
            bytes.release(line.size());
        }
    }
}
