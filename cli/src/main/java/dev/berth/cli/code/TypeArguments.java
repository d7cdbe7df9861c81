package dev.berth.cli.code;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a class says of the type parameter of an interface, itself or through those it extends. */
final class TypeArguments {
    private final Class<?> wanted;

    private TypeArguments(Class<?> wanted) {
        this.wanted = wanted;
    }

    /** The class's argument for the only parameter of a generic interface; empty where it does not say. */
    static Optional<Type> of(Class<?> type, Class<?> generic) {
        return new TypeArguments(generic).find(type, Map.of()).filter(found -> !(found instanceof TypeVariable));
    }

    /** Searches a type whose own parameters may be variables of the type below it. */
    private Optional<Type> find(Type type, Map<TypeVariable<?>, Type> below) {
        Map<TypeVariable<?>, Type> known = new HashMap<>();
        Class<?> raw;
        if (type instanceof ParameterizedType said) {
            raw = (Class<?>) said.getRawType();
            for (int i = 0; i < raw.getTypeParameters().length; i++) {
                Type argument = said.getActualTypeArguments()[i];
                known.put(raw.getTypeParameters()[i], argument instanceof TypeVariable<?> v ? below.getOrDefault(v, v) : argument);
            }
        } else {
            raw = (Class<?>) type;
        }
        if (raw == wanted) {
            return Optional.ofNullable(known.get(raw.getTypeParameters()[0]));
        }
        return above(raw).stream().flatMap(next -> find(next, known).stream()).findFirst();
    }

    private static List<Type> above(Class<?> type) {
        List<Type> above = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            above.add(type.getGenericSuperclass());
        }
        return above;
    }
}
