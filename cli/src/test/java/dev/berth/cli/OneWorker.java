package dev.berth.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A server of lines that one worker answers for all clients. By the attack that it is weak to, it dies of a client that ends its stream
 * before it has said a line (a1), never comes out of an empty line (b4), dies of one that is no text (b7), or of one of
 * a client that it has ended (b10).
 */
final class OneWorker extends WeakServer {
    /** A line, with a character for each byte. */
    private record Line(Socket client, String bytes) {}

    private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final Set<Socket> ended = ConcurrentHashMap.newKeySet();
    private final String weakTo;
    private final Thread worker;

    OneWorker(String weakTo) throws IOException {
        this.weakTo = weakTo;
        worker = Thread.ofVirtual().name("one-worker").start(this::work);
        start();
    }

    @Override
    void ended() {
        worker.interrupt();
    }

    @Override
    void serve(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        boolean silent = true;
        for (String line; (line = in.readLine()) != null; silent = false) {
            lines.add(new Line(client, line));
        }
        if (silent && weakTo.equals("a1")) {
            worker.interrupt();
        }
    }

    private void work() {
        try {
            while (true) {
                answer(lines.take());
            }
        } catch (IllegalStateException | InterruptedException dead) {
            // Nobody answers any more.
        }
    }

    private void answer(Line line) throws InterruptedException {
        if (line.bytes().isEmpty() && weakTo.equals("b4")) {
            new CountDownLatch(1).await();
        }
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(line.bytes().getBytes(ISO_8859_1))).toString();
            if (!ended.contains(line.client())) {
                line.client().getOutputStream().write((text + "\n").getBytes(UTF_8));
            } else if (weakTo.equals("b10")) {
                throw new IllegalStateException("a line of nobody");
            }
        } catch (CharacterCodingException noText) {
            if (weakTo.equals("b7")) {
                throw new IllegalStateException(noText);
            }
            ended.add(line.client());
            close(line.client());
        } catch (IOException gone) {
            // That client's problem.
        }
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            // Nothing is left that could be done with it.
        }
    }
}
