package dev.berth.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

import dev.berth.connection.Connection;
import dev.berth.transport.CloseReason;
import dev.berth.transport.Link;

/**
 * Two ends of one connection of lines. The near one is a client's, and belongs to the thread that made it; of the far one
 * there is also the link, so that it can do what no connection does.
 */
interface Ends extends AutoCloseable {

    Connection<String> near();

    Connection<String> far();

    Link farLink();

    /** The far end sends text as it is. */
    default void raw(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        farLink().write(bytes, 0, bytes.length);
        farLink().flush();
    }

    /** The far end resets: closing without an end of the stream before it, and with this reason, does. */
    default void reset() {
        farLink().reason(CloseReason.ABORTED);
        farLink().close();
    }

    @Override
    void close();
}
