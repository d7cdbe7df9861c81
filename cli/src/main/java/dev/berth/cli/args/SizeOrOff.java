package dev.berth.cli.args;

import dev.berth.server.Limits;

import picocli.CommandLine.ITypeConverter;

/** Reads a size as {@link Sizes} does, or {@code off} for no limit. */
public final class SizeOrOff implements ITypeConverter<Integer> {
    private final Sizes sizes = new Sizes();

    @Override
    public Integer convert(String typed) {
        return typed.equals("off") ? Limits.OFF : sizes.convert(typed);
    }
}
