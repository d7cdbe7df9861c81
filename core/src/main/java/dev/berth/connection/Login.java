package dev.berth.connection;

import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;

/**
 * The first words with a peer that nobody knows yet, within limits of its own: little is received from it, little is kept for it, and
 * nothing of what it says is shown, since it may be a secret.
 *
 * <p>Used by the connection's own thread. While it lasts the connection itself can't be used; if it is never passed, that stays so.
 *
 * @param <L> what is received and sent meanwhile
 */
public final class Login<L> {
    /** The largest frame, either way. */
    public static final int MAX_FRAME_BYTES = 16 << 10;

    /** How many frames are received. */
    public static final int MAX_FRAMES = 8;

    /** How many bytes the output may hold. */
    public static final int MAX_OUTPUT_BYTES = 64 << 10;

    private final LinkConnection<?> waiting;
    private final LinkConnection<L> connection;

    private Login(LinkConnection<?> waiting, Codec<L> codec) {
        this.waiting = waiting;
        connection = waiting.beginLogin(codec);
    }

    /** Begins one on a connection over which nothing was received yet, in a {@link #bounded(Codec) bounded} codec. */
    public static <L> Login<L> on(LinkConnection<?> connection, Codec<L> codec) {
        return new Login<>(connection, codec);
    }

    /**
     * The codec with no larger frames than a login may have.
     *
     * @throws IllegalArgumentException if its framing has none so small
     */
    public static <L> Codec<L> bounded(Codec<L> codec) {
        return codec.framing().maxFrameBytes() <= MAX_FRAME_BYTES ? codec : codec.withMaxFrameBytes(MAX_FRAME_BYTES);
    }

    static Framing bounded(Framing framing) {
        return framing.maxFrameBytes() <= MAX_FRAME_BYTES ? framing : framing.withMaxFrameBytes(MAX_FRAME_BYTES);
    }

    /** The connection to talk to the peer with, until the login is over. */
    public Connection<L> connection() {
        return connection;
    }

    /** The peer may be served: the connection itself goes on from the first byte not yet delivered, and its output may hold so much. */
    public void passed(int maxOutputBytes) {
        waiting.endLogin(connection, maxOutputBytes);
    }

    static FramingException tooManyFrames() {
        return FramingException.malformed("more than " + MAX_FRAMES + " frames before authentication");
    }

    /** The same error without the peer's bytes, and without the errors behind it, which may have them too. */
    static FramingException withoutBytes(FramingException e, Framing framing) {
        return e.kind() == FramingException.Kind.TOO_LARGE
                ? FramingException.tooLarge(
                        "more than " + framing.maxFrameBytes() + " bytes before authentication", e.size(), framing.maxFrameBytes())
                : FramingException.malformed("no message of " + framing.notation() + " before authentication, and not shown");
    }
}
