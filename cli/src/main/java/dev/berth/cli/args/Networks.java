package dev.berth.cli.args;

import dev.berth.server.Cidr;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a network of addresses: {@code 10.0.0.0/8}, {@code fd00::/8}, or one address. */
public final class Networks implements ITypeConverter<Cidr> {
    @Override
    public Cidr convert(String typed) {
        try {
            return Cidr.of(typed);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
