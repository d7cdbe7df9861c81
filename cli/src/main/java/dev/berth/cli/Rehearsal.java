package dev.berth.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the launcher runs once, to learn which classes a start needs (AOT cache, JEP 514): a server on a free port in this
 * process, and the verbs that talk to it.
 */
final class Rehearsal {
    private static final Pattern LISTENING = Pattern.compile("listening on 127\\.0\\.0\\.1:(\\d+)");
    private static final long LIMIT_SECONDS = 20;

    private Rehearsal() {}

    /** Plays the verbs; the exit code is 0 only if each of them did its work. */
    public static void main(String[] args) throws Exception {
        Told told = new Told();
        Thread server = Thread.ofPlatform().daemon().name("rehearsed-serve")
                .start(() -> Main.run(console("", told), "serve", "--port", "0", "--trace", "hex"));
        String port = told.port.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        int worst = Main.run(console("", told), "--help");
        for (int round = 0; round < 3; round++) {
            worst = Math.max(worst, Main.run(console("", told), "send", port, "hello"));
            worst = Math.max(worst, Main.run(console("a\nb\n", told), "connect", "127.0.0.1", port));
        }
        server.interrupt();
        server.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        System.exit(worst);
    }

    private static Console console(String input, OutputStream told) {
        boolean flushing = true;
        boolean interactive = false;
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        PrintStream both = new PrintStream(told, flushing, StandardCharsets.UTF_8);
        return new Console(in, both, both, interactive);
    }

    /** Everything that is printed; finds the port in it. */
    private static final class Told extends OutputStream {
        final CompletableFuture<String> port = new CompletableFuture<>();
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            all.write(bytes, from, length);
            if (!port.isDone()) {
                Matcher line = LISTENING.matcher(all.toString(StandardCharsets.UTF_8));
                if (line.find()) {
                    port.complete(line.group(1));
                }
            }
        }
    }
}
