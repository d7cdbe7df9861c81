import org.jspecify.annotations.NullMarked;

/** Messages as JSON. */
@NullMarked
module dev.berth.json {
    requires transitive dev.berth.core;
    requires static transitive org.jspecify;

    requires tools.jackson.databind;

    exports dev.berth.json;
}
