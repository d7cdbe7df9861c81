package dev.berth.transport;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * Why and whether one socket ends: the first reason wins, and ending is a shutdown, which any thread may ask for.
 *
 * <p>Thread-safe, without locks. The descriptor itself is given back by {@link PortableLink#close}; the JDK's channel
 * counts the threads inside a call on it, so its number is never reused under one of them.
 */
final class Ending {
    private static final VarHandle REASON = reasonHandle();

    private final SocketChannel channel;
    private volatile @Nullable CloseReason reason;
    private volatile boolean aborted;

    Ending(SocketChannel channel) {
        this.channel = channel;
    }

    @Nullable CloseReason reason() {
        return reason;
    }

    boolean isAborted() {
        return aborted;
    }

    /** Notes the reason if none is noted; returns the one that holds. */
    CloseReason note(CloseReason first) {
        var before = (CloseReason) REASON.compareAndExchange(this, null, first);
        return before == null ? first : before;
    }

    void abort(CloseReason first) {
        note(first);
        aborted = true;
        try {
            channel.shutdownInput();
            channel.shutdownOutput();
        } catch (IOException alreadyGone) {
            // The socket is closed or was reset: there is nobody left to wake.
        }
    }

    /** What an operation throws after the end, or a send after the end of our own direction, for which there need not be a reason yet. */
    ConnectionClosedException closed(@Nullable Throwable cause) {
        var why = reason;
        return new ConnectionClosedException(why == null ? CloseReason.COMPLETED : why, cause);
    }

    /**
     * Turns a failed call into the exception its caller sees. An interrupt closes a JDK channel, so an interrupted
     * thread means INTERRUPTED; otherwise the reason is what the failing call says it is.
     */
    ConnectionClosedException failed(IOException error, CloseReason otherwise) {
        if (!aborted && Thread.currentThread().isInterrupted()) {
            abort(CloseReason.INTERRUPTED);
        }
        note(otherwise);
        return closed(error);
    }

    /** Ends for an interrupt of the calling thread, which stays interrupted; what it throws. */
    ConnectionClosedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        abort(CloseReason.INTERRUPTED);
        return closed(e);
    }

    private static VarHandle reasonHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(Ending.class, "reason", CloseReason.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
