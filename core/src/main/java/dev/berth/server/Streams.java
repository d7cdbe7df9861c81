package dev.berth.server;

/** Keeps functions that talk through an {@code InputStream} and an {@code OutputStream}: only the accept loop goes. */
public final class Streams {

    private Streams() {}

    /**
     * Serves each client with the function, on the client's own thread. The streams behave as a socket's do: the end of the
     * client's stream is -1, a reset a {@link java.net.SocketException}, a server's deadline for the client's bytes a
     * {@link java.net.SocketTimeoutException}, and closing one closes the connection. The connection is closed when the function
     * returns.
     */
    public static StreamHandler handler(StreamFunction function) {
        return new StreamHandler(function);
    }
}
