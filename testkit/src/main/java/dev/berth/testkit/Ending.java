package dev.berth.testkit;

import java.util.concurrent.locks.Condition;

import org.jspecify.annotations.Nullable;

import dev.berth.transport.CloseReason;
import dev.berth.transport.ConnectionClosedException;

/** Why and whether one memory link ends: the first reason wins. Written under the lock of its two links, read by any. */
final class Ending {
    private final Flow out;
    private final Condition changed;
    private volatile @Nullable CloseReason reason;
    private volatile boolean aborted;

    Ending(Flow out, Condition changed) {
        this.out = out;
        this.changed = changed;
    }

    @Nullable CloseReason reason() {
        return reason;
    }

    boolean isAborted() {
        return aborted;
    }

    /** Notes the reason if none is noted; returns the one that holds. */
    CloseReason note(CloseReason first) {
        var before = reason;
        if (before != null) {
            return before;
        }
        reason = first;
        return first;
    }

    /** Ends both ways: what is unsent is dropped, who waits comes out. */
    void abort(CloseReason first) {
        note(first);
        aborted = true;
        out.cut();
        out.end();
        changed.signalAll();
    }

    /** What an operation throws after the end. */
    ConnectionClosedException closed(@Nullable Throwable cause) {
        var why = reason;
        return new ConnectionClosedException(why == null ? CloseReason.ABORTED : why, cause);
    }

    /** Turns a failed call into the exception its caller sees. */
    ConnectionClosedException failed(@Nullable Throwable cause, CloseReason otherwise) {
        note(otherwise);
        return closed(cause);
    }

    /** Ends the link because its thread was interrupted, and stays so. */
    ConnectionClosedException interrupted(@Nullable InterruptedException cause) {
        Thread.currentThread().interrupt();
        abort(CloseReason.INTERRUPTED);
        return closed(cause);
    }
}
