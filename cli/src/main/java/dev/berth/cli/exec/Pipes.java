package dev.berth.cli.exec;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.links.RawClient;
import dev.berth.cli.links.ReadBuffer;
import dev.berth.cli.output.Untrusted;
import dev.berth.transport.CloseReason;

/**
 * One client's three pipes, each moved by a platform thread of its own: a pipe would pin a virtual thread's carrier.
 *
 * <p>The threads end with the process and the client's socket; what they see they note in the progress.
 */
record Pipes(RawClient client, Process process, Progress progress) {
    private static final int CHUNK_BYTES = 16 << 10;
    private static final int LINE_BYTES = 4 << 10;
    /** The threads' stacks are shallow, and there may be thousands. */
    private static final long STACK_BYTES = 256 << 10;

    /** Starts the three threads. What was read from the client already is the beginning of the program's input. */
    void start(ReadBuffer read, Consumer<String> errors) {
        thread("in", () -> moveInput(read));
        thread("out", this::moveOutput);
        thread("err", () -> moveErrors(errors));
    }

    private void thread(String pipe, Runnable task) {
        Thread.ofPlatform()
                .daemon()
                .name("berth-exec-" + client.connection().id() + "-" + pipe)
                .stackSize(STACK_BYTES)
                .start(task);
    }

    private void moveInput(ReadBuffer bytes) {
        OutputStream input = process.getOutputStream();
        try {
            boolean open = bytes.length() == 0 || write(input, bytes);
            while (client.read(bytes)) {
                // A program that reads no more may go on writing, and its client sending: only the end is of interest then.
                open = open && write(input, bytes);
            }
            // The system tells a reset once: where a write has met it, it looks like a clean end here. What is being written tells.
            client.link().flush();
            client.link().reason(client.whyInputEnded());
            end(input);
        } catch (IOException e) {
            // The link noted why. The input stays open: a program that ends by itself now would leave behind what it started.
            progress.gone();
        } finally {
            progress.inputEnded();
        }
    }

    private static void end(OutputStream input) {
        try {
            input.close();
        } catch (IOException e) {
            // Bytes were left that the program does not want: it has ended, or closed its input.
        }
    }

    private boolean write(OutputStream input, ReadBuffer bytes) {
        try {
            progress.asked();
            input.write(bytes.array(), 0, bytes.length());
            input.flush();
            return true;
        } catch (IOException programReadsNoMore) {
            return false;
        }
    }

    private void moveOutput() {
        client.writtenFromHere();
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int size; (size = readOutput(chunk)) >= 0; ) {
                progress.writing();
                client.write(chunk, size);
                progress.written();
            }
            // First the reason: the client's own end may be the answer to ours.
            client.link().reason(CloseReason.COMPLETED);
            client.endOutput();
        } catch (IOException e) {
            progress.gone();
        } finally {
            progress.outputEnded();
        }
    }

    private int readOutput(byte[] chunk) {
        try {
            return process.getInputStream().read(chunk);
        } catch (IOException closed) {
            return -1;
        }
    }

    private void moveErrors(Consumer<String> errors) {
        try (InputStream pipe = new BufferedInputStream(process.getErrorStream())) {
            for (String line; (line = line(pipe)) != null; ) {
                errors.accept(line);
            }
        } catch (IOException e) {
            // Closed with the process: there is nothing more to tell.
        } finally {
            progress.errorsEnded();
        }
    }

    /** The next line, escaped, without its end; a very long one comes in pieces. Null at the end. */
    private static @Nullable String line(InputStream pipe) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = pipe.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (next != '\r') {
                line.write(next);
            }
            next = line.size() < LINE_BYTES ? pipe.read() : '\n';
        }
        return Untrusted.text(line.toByteArray());
    }
}
