package dev.berth.json;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** What holds for a message's type where its annotations say nothing. */
final class UnsaidRules extends JacksonAnnotationIntrospector {

    @Serial
    private static final long serialVersionUID = 1;

    private static final boolean HIDDEN_FROM_THE_SUBTYPE = false;

    /**
     * A sealed type says which of its subtypes a message is: {@code "type":"Reading"}. Only subtypes that it permits can be
     * named, so no peer can ask for a class of its choice.
     */
    @Override
    public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
        var annotation = super.findPolymorphicTypeInfo(config, annotated);
        if (annotation != null || !annotated.getRawType().isSealed()) {
            return annotation;
        }
        return JsonTypeInfo.Value.construct(JsonTypeInfo.Id.SIMPLE_NAME, JsonTypeInfo.As.PROPERTY, "type", null,
                HIDDEN_FROM_THE_SUBTYPE, null, null);
    }

    /** A number or a boolean has to be there: Jackson would take 0 or false for one that is missing. */
    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        var annotation = super.hasRequiredMarker(config, member);
        if (annotation == null && member.getRawType().isPrimitive()) {
            return Boolean.TRUE;
        }
        return annotation;
    }
}
