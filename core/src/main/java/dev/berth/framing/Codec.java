package dev.berth.framing;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * From frames to messages and back.
 *
 * <p>Thread-safety: immutable and safe to share; so must be your own.
 *
 * @param <T> the message, in both directions
 */
public interface Codec<T> {

    /** Where one message ends and the next begins. */
    Framing framing();

    /**
     * The message a frame holds. The view is dead when this returns.
     *
     * @throws FramingException when the bytes are not a message
     */
    T decode(FrameView frame) throws IOException;

    /**
     * Writes a message's payload; the framing seals it afterwards.
     *
     * @throws IllegalArgumentException when the message can't be written
     */
    void encode(T message, FrameWriter out);

    /** The same codec with another maximum, see {@link Framing#withMaxFrameBytes}. */
    default Codec<T> withMaxFrameBytes(int max) {
        return of(framing().withMaxFrameBytes(max), this::decode, this::encode);
    }

    /** Lines of strict UTF-8, at most 64 KiB each. */
    static Codec<String> lines() {
        return text(Framing.line(), StandardCharsets.UTF_8);
    }

    /** Strict UTF-8 in frames of a notation. */
    static Codec<String> text(String framing) {
        return text(framing, StandardCharsets.UTF_8);
    }

    /** Text in frames of a notation, see {@link #text(Framing, Charset)}. */
    static Codec<String> text(String framing, Charset charset) {
        return text(Framing.parse(framing), charset);
    }

    /**
     * Text in frames. UTF-8 is strict: a frame that is not UTF-8 is a {@link FramingException}; other charsets read what they
     * don't know as their replacement character. A message with characters the charset can't write is an
     * IllegalArgumentException.
     *
     * @throws IllegalArgumentException when the charset can read only
     */
    static Codec<String> text(Framing framing, Charset charset) {
        return TextCodec.of(framing, charset);
    }

    /** Plain bytes in frames of a notation. */
    static Codec<byte[]> bytes(String framing) {
        return bytes(Framing.parse(framing));
    }

    /** Plain bytes in frames. */
    static Codec<byte[]> bytes(Framing framing) {
        return of(framing, FrameView::toByteArray, (message, out) -> out.put(message));
    }

    /** Your own messages, in two methods. */
    static <T> Codec<T> of(Framing framing, Decoder<T> decoder, Encoder<T> encoder) {
        return new PairedCodec<>(framing, decoder, encoder);
    }

    /** From a frame to a message, see {@link Codec#decode}. */
    @FunctionalInterface
    interface Decoder<T> {

        /** The message a frame holds. */
        T decode(FrameView frame) throws IOException;
    }

    /** From a message to a payload, see {@link Codec#encode}. */
    @FunctionalInterface
    interface Encoder<T> {

        /** Writes a message's payload. */
        void encode(T message, FrameWriter out);
    }
}
