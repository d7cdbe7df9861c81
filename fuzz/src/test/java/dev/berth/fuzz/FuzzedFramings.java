package dev.berth.fuzz;

import java.util.List;
import java.util.stream.Stream;

import dev.berth.cli.framings.Example;
import dev.berth.cli.framings.FramingTable;

/** Which framings are fuzzed. */
final class FuzzedFramings {

    private static final List<String> HARDER = List.of(
            "delim:616162", "between:7e/7e", "between:3c3c/3e3e3e", "fixed:1", "len1", "len3le", "len4be", "len8be", "len8le@1",
            "len1+2", "len1!", "len1@1+1!", "len4le+1!", "magic:24,crlf", "magic:2320,scpi", "magic:7878,len1@2~crc16-arc",
            "magic:61,gap:1s", "cobs~crc16-x25", "fixed:4~crc16-xmodem", "len1~crc16-kermit~crc16-arc");

    private FuzzedFramings() {}

    /** The framings of all examples in the framing table, so that one that is added there is fuzzed too, and harder ones. */
    static List<String> notations() {
        var shown = FramingTable.rows().stream().flatMap(row -> row.examples().stream()).map(Example::notation);
        return Stream.concat(shown, HARDER.stream()).distinct().toList();
    }
}
