package dev.berth.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

import dev.berth.framing.Codec;
import dev.berth.framing.FrameView;
import dev.berth.framing.FrameWriter;
import dev.berth.framing.Framing;
import dev.berth.framing.FramingException;

/**
 * Messages as JSON, one value in a frame: {@code TcpServer.listen(8080, JsonCodec.of(Meter.class), ...)}.
 *
 * <p>The message is a record, a sealed type, or what else Jackson knows; {@code Object.class} is for JSON of any shape, as maps,
 * lists, texts, numbers and booleans. A sealed type says which of its subtypes it is in a field of the object, {@code
 * "type":"Reading"}, so no subtype can have a field of that name; Jackson's annotations change that and every other name. In a
 * named module the message's package is opened to {@code tools.jackson.databind}.
 *
 * <p>Fields that the type does not have are ignored, so that a peer of a later version can say more. A field that is missing is
 * null, and an error where the type can't be null; a record's constructor can refuse what is no message.
 *
 * <p>Errors: what is not UTF-8, not JSON, more than one value, null, or does not fit the type is a {@link FramingException} that
 * names the place and shows nothing of what was received. So is what is nested more than 100 deep, or has a
 * number of more than 1,000 characters; its size is bounded by {@link Framing#maxFrameBytes}.
 *
 * <p>Thread-safety: immutable and safe to share.
 *
 * @param <T> the message, in both directions
 */
public final class JsonCodec<T> implements Codec<T> {

    private static final int MAX_NESTING = 100;
    private static final int MAX_NUMBER_CHARS = 1_000;

    private final Class<T> type;
    private final Framing framing;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    private JsonCodec(Class<T> type, Framing framing, ObjectReader reader, ObjectWriter writer) {
        this.type = type;
        this.framing = framing;
        this.reader = reader;
        this.writer = writer;
    }

    /** One value on each line, at most 64 KiB, see {@link #of(Class, Framing)}. */
    public static <T> JsonCodec<T> of(Class<T> type) {
        return of(type, Framing.line());
    }

    /** One value in each frame of a notation, see {@link #of(Class, Framing)}. */
    public static <T> JsonCodec<T> of(Class<T> type, String framing) {
        return of(type, Framing.parse(framing));
    }

    /**
     * One value in each frame.
     *
     * @throws IllegalArgumentException when the type's module does not let Jackson see the type
     */
    public static <T> JsonCodec<T> of(Class<T> type, Framing framing) {
        requireOpen(type);
        JsonMapper mapper = mapper();
        return new JsonCodec<>(type, framing, mapper.readerFor(type), mapper.writerFor(type));
    }

    @Override
    public Framing framing() {
        return framing;
    }

    @Override
    public JsonCodec<T> withMaxFrameBytes(int max) {
        return new JsonCodec<>(type, framing.withMaxFrameBytes(max), reader, writer);
    }

    @Override
    public T decode(FrameView frame) throws FramingException {
        String json = utf8(frame);
        try (JsonParser parser = reader.createParser(json)) {
            return decode(parser);
        }
    }

    @Override
    public void encode(T message, FrameWriter out) {
        try {
            out.put(writer.writeValueAsBytes(message));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(name() + " can't be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static JsonMapper mapper() {
        var factory = JsonFactory.builder()
                // A text is as long as its frame at most, and that has its own limit.
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_NESTING)
                        .maxNumberLength(MAX_NUMBER_CHARS)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(MAX_NESTING).build())
                .build();
        // Spelled out where a default of Jackson is a promise of ours, or was another one in an earlier version.
        return JsonMapper.builder(factory)
                .annotationIntrospector(new UnsaidRules())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
    }

    // Where Jackson can't reach a type it says so with the first message, and takes it for the message's fault.
    private static void requireOpen(Class<?> type) {
        Module module = type.getModule();
        Module jackson = JsonMapper.class.getModule();
        String opened = type.getPackageName();
        boolean isPublic = Modifier.isPublic(type.getModifiers()) && module.isExported(opened, jackson);
        if (module != Object.class.getModule() && !isPublic && !module.isOpen(opened, jackson)) {
            throw new IllegalArgumentException("package " + opened + " of " + module + " is closed to Jackson: put \"opens "
                    + opened + " to " + jackson.getName() + ";\" into its module-info");
        }
    }

    private T decode(JsonParser parser) throws FramingException {
        try {
            T message = reader.readValue(parser);
            if (message == null) {
                throw FramingException.malformed("frame is the JSON value null, not " + name());
            }
            return message;
        } catch (JacksonException e) {
            // Never with Jackson's own text or as a cause: both quote what was received.
            var place = e.getLocation() == null ? parser.currentLocation() : e.getLocation();
            throw FramingException.malformed(
                    fault(e) + ": line " + place.getLineNr() + ", column " + place.getColumnNr());
        }
    }

    /** The frame's text. Not {@link FrameView#utf8}, which shows the first bytes, and not Jackson, which takes more than UTF-8. */
    private static String utf8(FrameView frame) throws FramingException {
        ByteBuffer bytes = frame.asByteBuffer();
        CharBuffer chars = CharBuffer.allocate(bytes.remaining());
        if (UTF_8.newDecoder().decode(bytes, chars, true).isError()) {
            throw FramingException.malformed("byte at position " + bytes.position() + " of the JSON text is not UTF-8");
        }
        return chars.flip().toString();
    }

    private String fault(JacksonException e) {
        return switch (e) {
            case StreamConstraintsException _ -> "JSON is nested more than " + MAX_NESTING + " deep, or has a number of more than "
                    + MAX_NUMBER_CHARS + " characters";
            case StreamReadException _ -> "frame is not JSON";
            default -> "JSON does not fit " + name();
        };
    }

    private String name() {
        return type.getSimpleName();
    }
}
