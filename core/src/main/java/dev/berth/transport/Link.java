package dev.berth.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One socket's bytes: read, write, flush, end.
 *
 * <p>One thread at a time reads; any thread writes. Each write is appended whole to the link's one bounded output, so
 * writes never interleave. The owner's bytes leave in batches: at its next {@link #flush} or {@link #push}, when 32 KiB are collected,
 * when another thread writes, or 1 ms after the first of them. Other threads' bytes leave at once, on a thread of
 * their own where the socket may block.
 */
public interface Link {

    /** How many bytes leave at once without waiting for more. */
    int BATCH_BYTES = 32 << 10;

    /**
     * Reads some bytes, waiting until there are any.
     *
     * @return how many, or -1 at the end of the peer's stream or after {@link #endInput}
     * @throws ConnectionClosedException if the link was aborted, or the reading thread interrupted, which aborts the link
     * @throws IOException if the peer reset the connection or the network failed
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Reads like {@link #read(ByteBuffer)}, for at most so long.
     *
     * @throws java.net.SocketTimeoutException if nothing came in time; the link stays usable
     */
    int read(ByteBuffer target, Duration timeout) throws IOException;

    /** How many bytes the system holds for us, also after {@link #endInput}; 0 where that is not known. */
    int available();

    /**
     * Reads and drops what the peer still sends, also after {@link #endInput}: until it ends, for so long or so much at
     * most. Bytes left unread would turn our end into a reset that overtakes our last bytes.
     */
    void discard(Duration limit, int maxBytes) throws IOException;

    /**
     * Starts to read ahead while the client waits, so that its leaving is seen. What is read becomes the first input.
     *
     * @param maxBytes how much at most; past it the peer's leaving is not seen
     * @param left run once, on another thread, if the peer resets, or ends its stream without having sent a byte
     */
    void readAhead(int maxBytes, Runnable left);

    /** Makes the present read and every later one return -1. What the kernel already holds may be lost. */
    void endInput();

    /** Whether {@link #endInput} was called. */
    boolean isInputEnded();

    /** Says which thread writes itself instead of having its bytes written for it. */
    void owner(Thread thread);

    /** Bounds the output anew, in place of {@link OutputLimits#hardBytes()}. What it holds already stays. */
    void boundOutput(int hardBytes);

    /**
     * Appends bytes, all or none, in order of the calls.
     *
     * <p>For the owner a full output is back-pressure: it waits. For others {@link OutputLimits#overflow()} says whether
     * they wait too, or whether it ends the link with {@link CloseReason#SLOW_READER}.
     *
     * @throws ConnectionClosedException if the output has ended
     */
    void write(byte[] bytes, int from, int length) throws IOException;

    /** Returns once everything written before the call is with the kernel. */
    void flush() throws IOException;

    /**
     * Sees to it that everything written before the call leaves: called before a read. The owner's bytes are with the kernel
     * when it returns. It does not wait for another thread that is writing: one thread may fill the output while another
     * one reads what makes the peer go on.
     */
    void push() throws IOException;

    /**
     * Flushes for at most so long, then tells the peer that nothing more will come. A peer that does not take the
     * bytes in time is cut with {@link CloseReason#SLOW_READER}.
     */
    void shutdownOutput(Duration limit) throws IOException;

    /** Notes why the link ends, if nothing was noted before. Does not end it. Returns the reason that holds. */
    CloseReason reason(CloseReason reason);

    /** Why the link ends; null while nothing was noted. */
    @Nullable CloseReason reason();

    /** Notes the reason if none is noted and shuts the socket down both ways: threads inside a call come out. */
    void abort(CloseReason reason);

    /** Whether {@link #abort} was called, or a thread interrupted inside a call. */
    boolean isAborted();

    /**
     * Gives the socket back to the system once no thread is inside a call on it, so that its number is never reused
     * under one. Threads inside come out. Closing twice is harmless.
     */
    void close();

    /** The peer's address. */
    InetSocketAddress remoteAddress();

    /** Our own address. */
    InetSocketAddress localAddress();

    /** Bytes received so far. */
    long bytesIn();

    /** Bytes handed to the kernel so far. */
    long bytesOut();

    /** Writes accepted so far. */
    long writes();

    /** Writes accepted of which not every byte is with the kernel. */
    long unsentWrites();

    /** Bytes accepted that are not with the kernel. */
    int unsentBytes();
}
