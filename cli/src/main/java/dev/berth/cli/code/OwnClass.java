package dev.berth.cli.code;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.berth.cli.serving.ClientLog;
import dev.berth.cli.serving.OwnFrame;
import dev.berth.cli.serving.ServingHandler;
import dev.berth.framing.Codec;
import dev.berth.framing.Framing;
import dev.berth.server.Handler;
import dev.berth.server.StreamFunction;
import dev.berth.server.Streams;

/** A class of the user's that serves clients: found and checked, not yet made. Immutable. */
public final class OwnClass {
    private final Class<?> type;
    private final @Nullable Codec<?> codec;

    private OwnClass(Class<?> type, @Nullable Codec<?> codec) {
        this.type = type;
        this.codec = codec;
    }

    /**
     * Finds the class and checks that it can serve.
     *
     * @param path where it is searched; if there is nothing on it, beside the command's own classes
     */
    public static OwnClass find(String name, ClassPath path) throws CodeException {
        ClassLoader loader = path.places().isEmpty() ? OwnClass.class.getClassLoader() : CodeLoader.of(path);
        boolean initialized = false;
        try {
            return checked(Class.forName(name, initialized, loader));
        } catch (ClassNotFoundException e) {
            throw new CodeException("cannot find the class " + name + (path.places().isEmpty()
                    ? ": name its jar or folder with --classpath"
                    : " in " + path + " (--classpath); its name begins with its package: class:com.acme.Meter"), e);
        } catch (NoClassDefFoundError e) {
            throw new CodeException("cannot load the class " + name + ": " + e
                    + "; --classpath takes all that it uses, and its name begins with its package", e);
        } catch (LinkageError e) {
            throw new CodeException("cannot load the class " + name + ": " + e, e);
        }
    }

    private static OwnClass checked(Class<?> type) throws CodeException {
        String name = type.getName();
        if (!Handler.class.isAssignableFrom(type) && !isStreams(type)) {
            throw new CodeException(name + " is no handler: it must implement Handler<String>, Handler<byte[]> or StreamFunction");
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new CodeException(name + " is " + (type.isInterface() ? "an interface" : "abstract") + "; name a class that can be made");
        }
        if (!Modifier.isPublic(type.getModifiers()) || !hasPlainConstructor(type)) {
            throw new CodeException(name + " must be public and have a public constructor without parameters");
        }
        Codec<?> codec = isStreams(type) ? null : codec(type);
        if (codec == null && !isStreams(type) && !handles(String.class, type) && !handles(byte[].class, type)) {
            throw new CodeException(name + " does not say how its messages" + messages(type)
                    + " look on the wire: handle String or byte[], or add 'public static Codec<...> codec()'");
        }
        return new OwnClass(type, codec);
    }

    private static boolean hasPlainConstructor(Class<?> type) {
        return Arrays.stream(type.getConstructors()).anyMatch(constructor -> constructor.getParameterCount() == 0);
    }

    /** What the class itself says of its messages; null if nothing. */
    private static @Nullable Codec<?> codec(Class<?> type) throws CodeException {
        try {
            Method method = type.getMethod("codec");
            if (!Modifier.isStatic(method.getModifiers()) || !Codec.class.isAssignableFrom(method.getReturnType())) {
                return null;
            }
            Codec<?> codec = (Codec<?>) method.invoke(null);
            if (codec == null) {
                throw new CodeException(type.getName() + ".codec() returned null");
            }
            return codec;
        } catch (NoSuchMethodException e) {
            return null;
        } catch (InvocationTargetException e) {
            throw new CodeException(type.getName() + ".codec() failed: " + OwnFrame.describe(thrown(e)), e);
        } catch (IllegalAccessException | ExceptionInInitializerError e) {
            throw new CodeException(type.getName() + ".codec() cannot be called: " + OwnFrame.describe(e), e);
        }
    }

    private static boolean handles(Class<?> message, Class<?> type) {
        return TypeArguments.of(type, Handler.class).filter(message::equals).isPresent();
    }

    private static boolean isStreams(Class<?> type) {
        return StreamFunction.class.isAssignableFrom(type) && !Handler.class.isAssignableFrom(type);
    }

    private static String messages(Class<?> type) {
        Optional<Type> said = TypeArguments.of(type, Handler.class);
        return said.map(messages -> " (" + messages.getTypeName() + ")").orElse("");
    }

    /** Whether it takes bytes as they come, without frames. */
    public boolean isRaw() {
        return isStreams(type);
    }

    /** Whether the class says itself what its messages look like. */
    public boolean hasCodec() {
        return codec != null;
    }

    /** Where messages end: as the class says, or else as was asked for. */
    public Framing framing(Framing asked) {
        return codec == null ? asked : codec.framing();
    }

    /** Makes the handler, for messages in this framing. */
    public ServingHandler make(Framing framing, ClientLog log) throws CodeException {
        Thread maker = Thread.currentThread();
        ClassLoader before = maker.getContextClassLoader();
        maker.setContextClassLoader(type.getClassLoader());
        try {
            return serving(type.getConstructor().newInstance(), framing, log);
        } catch (InvocationTargetException e) {
            throw new CodeException(type.getName() + " cannot be made: " + OwnFrame.describe(thrown(e)), e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new CodeException(type.getName() + " cannot be made: " + OwnFrame.describe(e), e);
        } finally {
            maker.setContextClassLoader(before);
        }
    }

    private static Throwable thrown(InvocationTargetException wrapper) {
        return Objects.requireNonNullElse(wrapper.getCause(), wrapper);
    }

    // What the class says of its messages was looked at when it was found; where its codec is of another type, clients end one by one.
    @SuppressWarnings("unchecked")
    private ServingHandler serving(Object made, Framing framing, ClientLog log) {
        if (isStreams(type)) {
            return new OwnHandler<>(made, Streams.handler((StreamFunction) made), Codec.bytes(framing), log);
        }
        Codec<?> plain = handles(String.class, type) ? Codec.text(framing, StandardCharsets.UTF_8) : Codec.bytes(framing);
        return new OwnHandler<>(made, (Handler<Object>) made, (Codec<Object>) (codec == null ? plain : codec), log);
    }
}
