package dev.berth.framing;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Makes codecs between frames and text. */
final class TextCodec {

    private TextCodec() {}

    /** A codec for a charset: UTF-8 strict both ways, others strict when writing. */
    static Codec<String> of(Framing framing, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8)) {
            return Codec.of(framing, FrameView::utf8, (text, out) -> out.putUtf8(text));
        }
        if (!charset.canEncode()) {
            throw new IllegalArgumentException("charset " + charset + " can only read; choose one that also writes");
        }
        return Codec.of(framing, frame -> frame.text(charset), (text, out) -> put(text, charset, out));
    }

    private static void put(String text, Charset charset, FrameWriter out) {
        try {
            out.put(charset.newEncoder().encode(CharBuffer.wrap(text)));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("text has characters that " + charset + " can't write", e);
        }
    }
}
