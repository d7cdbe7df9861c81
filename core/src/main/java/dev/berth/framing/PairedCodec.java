package dev.berth.framing;

import java.io.IOException;

/** A codec made of a framing, a decoder and an encoder. */
record PairedCodec<T>(Framing framing, Decoder<T> decoder, Encoder<T> encoder) implements Codec<T> {

    @Override
    public T decode(FrameView frame) throws IOException {
        return decoder.decode(frame);
    }

    @Override
    public void encode(T message, FrameWriter out) {
        encoder.encode(message, out);
    }
}
