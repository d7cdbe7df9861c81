package dev.berth.cli.framings;

import java.util.List;
import java.util.Optional;

/** Every framing of the notation, explained. {@code berth frames} and docs/guide/framing.md are made from it. */
public final class FramingTable {
    private static final String CHECKSUM = "checksum";

    private static final List<Explained> ROWS = List.of(
            Explained.of("line", "lines of text that end with LF or CR LF: most text protocols, netcat, people",
                    "LF ends a message; a CR before it is taken off. Sent lines end with LF.",
                    Example.of("line", "hi", "yo")),
            Explained.of("crlf", "lines that end with CR LF and nothing less: SMTP, modems, NMEA 0183",
                    "A lone LF or CR belongs to the message. Take it too where a device ignores lines without CR.",
                    Example.of("crlf", "AT", "OK")),
            Explained.of("cr", "lines that end with CR alone: many instruments, terminal servers",
                    "The same as delim:0d. A LF belongs to the message.",
                    Example.of("cr", "RD1", "42")),
            Explained.of("nul", "texts that end with a zero byte: C strings, some control panels and players",
                    "The same as delim:00. Text with line ends goes through unharmed.",
                    Example.of("nul", "on", "off")),
            Explained.of("delim:HEX", "any other end, 1 to 16 bytes: ';', EOT, a word",
                    "The bytes are not delivered and can't be in a message.",
                    Example.of("delim:3b", "A=1", "B=2"), Example.of("delim:2323", "T 21.5", "T 21.6")),
            Explained.of("between:HEX/HEX", "a mark in front and another behind, 1 to 16 bytes each",
                    "Nothing may stand between two messages. The end mark can't be in a message; the front mark can.",
                    Example.of("between:3c/3e", "A1", "B2")),
            Explained.of("stxetx", "STX in front, ETX behind: scales, scanners, card readers",
                    "The same as between:02/03.",
                    Example.of("stxetx", "12.5kg", "OK")),
            Explained.of("fixed:N", "messages of one size: records of a data logger, telemetry words",
                    "What is sent must have that size exactly.",
                    Example.of("fixed:4", "T021", "T022")),
            Explained.of("len{1,2,3,4,8}{be,le}[@OFFSET][+TRAILER][!]",
                    "the length in front: most binary protocols, and the best choice for one of your own",
                    "The number has 1, 2, 3, 4 or 8 bytes, high byte first (be) or low byte first (le). @OFFSET: so many bytes come"
                            + " before the number, and header and number are delivered. +TRAILER: so many bytes follow that the number"
                            + " does not count. !: the number counts the whole frame, itself included. With @ the number that is sent"
                            + " is your own, and is checked.",
                    Example.of("len2be", "hi", "yo"), Example.of("len4le!", "hi"),
                    Example.of("len1@2+2", "xx\5\1\0\1\331\334\r\n")),
            Explained.of("varint", "the length in front as protobuf writes it (writeDelimitedTo)",
                    "LEB128 of at most 5 bytes, the shortest form only.",
                    Example.of("varint", "hi", "yo"), Example.of("varint~crc32c-le", "hi")),
            Explained.of("gap:TIME", "silence ends a message: serial lines behind a terminal server, Modbus RTU",
                    "1ms to 60s. Two messages that are sent without such a pause arrive as one, and a slow network may cut one in"
                            + " two: take it only where the bytes say nothing, with a checksum where the protocol has one.",
                    Example.of("gap:20ms", "RD1", "42"),
                    Example.of("gap:20ms~crc16-modbus", "\21\3\0\153\0\3")),
            Explained.of("slip", "a byte that ends messages and is escaped inside: RFC 1055, small devices",
                    "C0 ends a message; inside, C0 is DB DC and DB is DB DD. Empty messages are skipped.",
                    Example.of("slip", "hi", "a\300b")),
            Explained.of("cobs", "a zero byte ends messages that may hold zeros themselves: embedded devices",
                    "Consistent Overhead Byte Stuffing: the zeros inside are replaced by distances, at a cost of one byte in 254.",
                    Example.of("cobs", "hi", "a\0b")),
            Explained.of("raw", "no messages, bytes as they arrive: a stream, a protocol you don't know yet",
                    "What was sent at once may arrive in pieces, and what was sent in pieces at once.",
                    Example.of("raw", "hi\n", "yo")),
            Explained.of("modbus", "Modbus TCP",
                    "The same as len2be@4: header and body are delivered.",
                    Example.of("modbus", "\0\1\0\0\0\6\21\3\0\153\0\3")),
            Explained.of("mllp", "HL7 version 2 (minimal lower layer protocol)",
                    "The same as between:0b/1c0d.",
                    Example.of("mllp", "MSH|..\r", "MSA|AA\r")),
            Explained.of("scpi", "laboratory instruments on port 5025: lines that may hold binary blocks",
                    "As line, but the bytes of an IEEE 488.2 block (#, a digit, so many digits, so many bytes) may be any, LF too.",
                    Example.of("scpi", "*IDN?", "#13a\nb")),
            Explained.of("magic:HEX,FRAMING", "another framing whose every message begins with the same bytes: GPS trackers",
                    "The bytes are delivered, and a message to send begins with them. A stranger, or a slipped byte, is noticed at once.",
                    Example.of("magic:7878,len1@2+2", "xx\5\1\0\1\331\334\r\n")),
            Explained.of("FRAMING~CHECKSUM", "another framing whose every message ends with a checksum",
                    "It is verified and not delivered. Known: crc16-modbus, crc16-xmodem, crc16-ccitt, crc16-x25, crc16-kermit, crc16-arc,"
                            + " crc32, crc32c; -le or -be behind one turns its bytes round.",
                    Example.of("len1~crc16-modbus", "hi", "yo"), Example.of("slip~crc32", "hi")).named(CHECKSUM));

    private FramingTable() {}

    /** All of them, in the order of the notation. */
    public static List<Explained> rows() {
        return ROWS;
    }

    /** The one that a name or a whole notation belongs to: {@code len}, {@code len1@2+2}, {@code len2be~crc32}. */
    public static Optional<Explained> find(String typed) {
        String name = typed.contains("~") ? CHECKSUM : typed.replaceFirst("[^a-z].*", "");
        return ROWS.stream()
                .filter(row -> row.name().equals(typed) || (row.takesArgument() && row.name().equals(name)))
                .findFirst();
    }
}
