package dev.berth.framing;

import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code len...} notations. */
final class LengthNotation {

    /** The form, for people. */
    static final String FORM = "len{1,2,3,4,8}{be,le}[@OFFSET][+TRAILER][!]";

    /** The words these notations start with. */
    static final List<String> WORDS = List.of(
            "len1", "len1be", "len1le", "len2be", "len2le", "len3be", "len3le", "len4be", "len4le", "len8be", "len8le");

    private static final Pattern PARTS =
            Pattern.compile("len([12348])(be|le)?(?:@([0-9]+))?(?:\\+([0-9]+))?(!)?");

    private LengthNotation() {}

    /** The field a notation names, which starts with one of {@link #WORDS}. */
    static LengthField parse(String notation) {
        Matcher parts = PARTS.matcher(notation);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not of the form " + FORM + ", like len4be or len1@2+2");
        }
        return new LengthField(
                Integer.parseInt(parts.group(1)),
                "le".equals(parts.group(2)) ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                parts.group(3) == null ? OptionalInt.empty() : OptionalInt.of(extra("offset", parts.group(3))),
                parts.group(4) == null ? 0 : extra("trailer", parts.group(4)),
                parts.group(5) != null);
    }

    private static int extra(String name, String digits) {
        return Notation.number(name, digits, 0, LengthField.MAX_EXTRA_BYTES);
    }
}
