package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command in this process, on a thread of its own, with what it prints at hand. Closing interrupts it, as a signal would. */
final class RunningCommand implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern LISTENING = Pattern.compile("listening on \\S+:(\\d+)");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    private RunningCommand(InputStream in, Map<String, String> environment, String... args) {
        boolean interactive = false;
        Console console = new Console(in, utf8(out), utf8(err), interactive, environment);
        thread = Thread.ofPlatform().name("berth " + args[0]).start(() -> exitCode.complete(Main.run(console, args)));
    }

    static RunningCommand start(String... args) {
        return new RunningCommand(InputStream.nullInputStream(), Map.of(), args);
    }

    static RunningCommand withEnvironment(Map<String, String> environment, String... args) {
        return new RunningCommand(InputStream.nullInputStream(), environment, args);
    }

    static RunningCommand withInput(InputStream in, String... args) {
        return new RunningCommand(in, Map.of(), args);
    }

    static RunningCommand withInput(String in, String... args) {
        return new RunningCommand(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), Map.of(), args);
    }

    private static PrintStream utf8(ByteArrayOutputStream bytes) {
        boolean flushing = true;
        return new PrintStream(bytes, flushing, StandardCharsets.UTF_8);
    }

    /** The port it says that it listens on. */
    String port() {
        awaitErr("listening on ");
        Matcher line = LISTENING.matcher(err());
        assertThat(line.find()).isTrue();
        return line.group(1);
    }

    int exitCode() {
        return exitCode.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    List<String> errLines() {
        return err().lines().toList();
    }

    void awaitErr(String part) {
        await().atMost(LIMIT).until(() -> err().contains(part) || exitCode.isDone());
        assertThat(err()).contains(part);
    }

    void awaitOut(String part) {
        await().atMost(LIMIT).until(() -> out().contains(part) || exitCode.isDone());
        assertThat(out()).as(err()).contains(part);
    }

    /** Has it end now, as a second signal would. */
    void interrupt() {
        thread.interrupt();
    }

    @Override
    public void close() {
        interrupt();
        exitCode();
    }
}
