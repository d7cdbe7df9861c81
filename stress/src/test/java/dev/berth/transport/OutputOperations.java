package dev.berth.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;

/**
 * What threads do to one output: its owner sends, pushes and flushes, others send and flush, the sweeper looks, and a writer
 * runs when it has been asked for. {@link OutputModel} says what must be on the wire.
 */
@Param(name = "thread", gen = ThreadIdGen.class)
public final class OutputOperations {
    static final char END = ';';


    private final Wire wire = new Wire();
    private final Queue<Runnable> writers = new ConcurrentLinkedQueue<>();
    private final Output output = new Output(wire, new Ending(wire), OutputLimits.SERVER, _ -> {}, writers::add);

    /** The owner sends. */
    @Operation(nonParallelGroup = "owner")
    public void sendOwn() throws IOException {
        output.owner(Thread.currentThread());
        send("own");
    }

    /** The owner is about to read. */
    @Operation(nonParallelGroup = "owner")
    public void push() throws IOException {
        output.owner(Thread.currentThread());
        output.push();
    }

    /** Another thread sends. */
    @Operation
    public void send(@Param(name = "thread") int thread) throws IOException {
        send("by" + thread);
    }

    private void send(String frame) throws IOException {
        byte[] bytes = (frame + END).getBytes(US_ASCII);
        output.write(bytes, 0, bytes.length);
    }

    /** Somebody flushes; what was sent before is on the wire then, and in whole frames. */
    @Operation
    public String flush() throws IOException {
        output.flush();
        return wire.taken(END);
    }

    /** A writer that was asked for comes to run. */
    @Operation(nonParallelGroup = "writer")
    public void write() {
        var writer = writers.poll();
        if (writer != null) {
            writer.run();
        }
    }

    /** A millisecond and more has passed. */
    @Operation(nonParallelGroup = "sweeper")
    public void sweep() {
        output.sweep(System.nanoTime() + 10_000_000);
    }
}
