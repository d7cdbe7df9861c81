package dev.berth.cli.args;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes in bytes: {@code 4096}, {@code 64KiB}, {@code 1MiB}, {@code 1GiB}; 2 GiB less one byte at most. */
public final class Sizes implements ITypeConverter<Integer> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,10})(b|kib|mib|gib)?");

    @Override
    public Integer convert(String typed) {
        Matcher form = FORM.matcher(typed.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TypeConversionException("'" + typed + "' is not a size; write bytes or KiB, MiB, GiB: 4096, 64KiB, 1MiB");
        }
        String unit = form.group(2) == null ? "b" : form.group(2);
        int shift = "bkmg".indexOf(unit.charAt(0)) * 10;
        long count = Long.parseLong(form.group(1));
        if (count > Integer.MAX_VALUE >> shift) {
            throw new TypeConversionException("'" + typed + "' is out of range; allowed are 0 to " + Integer.MAX_VALUE + " bytes");
        }
        return (int) count << shift;
    }
}
