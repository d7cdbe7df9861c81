package dev.berth.acceptance.program;

import java.io.IOException;

/** Twelve things that users' code throws, each made as it happens. */
enum Thrown {
    CHECKED,
    UNCHECKED,
    WITHOUT_MESSAGE,
    INTERRUPTION,
    ASSERTION,
    MISSING_CLASS,
    FAILED_INITIALIZER,
    RECURSION,
    MEMORY,
    OWN_THROWABLE,
    HOSTILE,
    CYCLIC;

    /** Throws it, declared or not. */
    void now() {
        Thrown.<RuntimeException>raise(made());
    }

    private Throwable made() {
        return switch (this) {
            case CHECKED -> new IOException("on purpose");
            case UNCHECKED -> new IllegalArgumentException("on purpose");
            case WITHOUT_MESSAGE -> new IllegalStateException((String) null);
            case INTERRUPTION -> new InterruptedException("on purpose");
            case ASSERTION -> new AssertionError("on purpose");
            case MISSING_CLASS -> new NoClassDefFoundError("on/purpose");
            case FAILED_INITIALIZER -> new IllegalStateException("initialized: " + Uninitializable.VALUE);
            case RECURSION -> new IllegalStateException("came back: " + recurse(1));
            case MEMORY -> new OutOfMemoryError("on purpose");
            case OWN_THROWABLE -> new OwnThrowable();
            case HOSTILE -> new Hostile();
            case CYCLIC -> cyclic();
        };
    }

    private static int recurse(int depth) {
        return depth == 0 ? 0 : recurse(depth + 1) + 1;
    }

    private static Throwable cyclic() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second", first);
        first.initCause(second);
        first.addSuppressed(second);
        second.addSuppressed(first);
        return first;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void raise(Throwable thrown) throws E {
        throw (E) thrown;
    }

    /** Fails at first with an ExceptionInInitializerError, later with a NoClassDefFoundError. */
    private static final class Uninitializable {
        static final int VALUE = Integer.parseInt("no number");

        private Uninitializable() {}
    }

    /** Neither an exception nor an error. */
    private static final class OwnThrowable extends Throwable {
        private static final long serialVersionUID = 1;
    }

    /** Throws again whenever it is asked anything. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("asked for its message");
        }

        @Override
        public String toString() {
            throw new StackOverflowError("asked for its text");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("asked where it comes from");
        }
    }
}
