package dev.berth.framing;

import java.util.List;
import java.util.stream.Stream;

/**
 * A stream and the frames in it, one char a byte.
 *
 * @param framing the framing's notation
 * @param stream the bytes on the wire, whole frames only
 * @param frames the frames as delivered
 */
record Sample(String framing, String stream, List<String> frames) {

    /** The corpus: for every framing, ordinary frames and those that are easy to get wrong. */
    static Stream<Sample> all() {
        return Stream.of(
                // line
                of("line", "hello\n", "hello"),
                of("line", "hello\r\n", "hello"),
                of("line", "\n", ""),
                of("line", "\r\n", ""),
                of("line", "\n\r\n\n", "", "", ""),
                of("line", "a\rb\r\r\n\rc\n", "a\rb\r", "\rc"),
                of("line", "one\ntwo\r\nthree\n", "one", "two", "three"),
                of("line", "12345678\n1234567\n123456789\r\n", "12345678", "1234567", "123456789"),
                of("line", "gr\u00c3\u00bc\u00c3\u009fe \u000b\u008a\n", "gr\u00c3\u00bc\u00c3\u009fe \u000b\u008a"),
                // crlf
                of("crlf", "hello\r\n", "hello"),
                of("crlf", "\r\n", ""),
                of("crlf", "a\nb\rc\r\n", "a\nb\rc"),
                of("crlf", "a\r\r\n\n\r\n", "a\r", "\n"),
                of("crlf", "+OK\r\n\r\n-ERR\r\n", "+OK", "", "-ERR"),
                // cr, nul
                of("cr", "*IDN?\rA\n\r\r", "*IDN?", "A\n", ""),
                of("nul", "one\0\0two\0", "one", "", "two"),
                // delim
                of("delim:0a", "keeps\r\n", "keeps\r"),
                of("delim:6162", "aaab-ab", "aa", "-"),
                of("delim:616162", "aaab-aaaab", "a", "-aa"),
                of("delim:61616161", "aaabaaaa\naaaa", "aaab", "\n"),
                of("delim:2d2d656e642d2d", "--en--end----end--", "--en", ""),
                of("delim:000102030405060708090a0b0c0d0e0f",
                        "x\0\1\0\1\2\3\4\5\6\7\10\t\n\13\f\r\16\17", "x\0\1"),
                // between
                of("between:3c/3e", "<a><><b<c\n>", "a", "", "b<c\n"),
                of("between:3c3c/3e3e3e", "<<a>>b>>><<>>><<<<b>>>", "a>>b", "", "<<b"),
                of("between:7e/7e", "~a~~b~~~", "a", "b", ""),
                of("between:2f2a/2a2f", "/**//***//*/*/", "", "*", "/"),
                of("stxetx", "\2hello\3\2\2\3", "hello", "\2"),
                of("mllp", "\013MSH|^~\\&|\rEVN|A01\r\034\r\013a\034b\r\034\034\r",
                        "MSH|^~\\&|\rEVN|A01\r", "a\034b\r\034"),
                // fixed
                of("fixed:1", "abc", "a", "b", "c"),
                of("fixed:4", "abcd\n\r\0\1", "abcd", "\n\r\0\1"),
                of("fixed:20", "0123456789abcdefghij", "0123456789abcdefghij"),
                // length in front, stripped
                of("len1", "\5hello\0\1x", "hello", "", "x"),
                of("len2be", "\0\5hello\0\0\0\1x", "hello", "", "x"),
                of("len2le", "\5\0hello\0\0\1\0x", "hello", "", "x"),
                of("len3be", "\0\0\5hello\0\0\0", "hello", ""),
                of("len3le", "\5\0\0hello\0\0\0", "hello", ""),
                of("len4be", "\0\0\0\5hello\0\0\0\0", "hello", ""),
                of("len4le", "\5\0\0\0hello\0\0\0\0", "hello", ""),
                of("len8be", "\0\0\0\0\0\0\0\5hello\0\0\0\0\0\0\0\0", "hello", ""),
                of("len8le", "\5\0\0\0\0\0\0\0hello\0\0\0\0\0\0\0\0", "hello", ""),
                of("len1+2", "\3abcXY\0XY", "abcXY", "XY"),
                of("len1!", "\6hello\1", "hello", ""),
                of("len2be!", "\0\7hello\0\2", "hello", ""),
                of("len4le+1!", "\12\0\0\0hello;\5\0\0\0;", "hello;", ";"),
                // length in front, all delivered
                of("len1@0", "\5hello\0", "\5hello", "\0"),
                of("len1@2+2", "xx\5\1\2\3\4\5\r\nxx\0\r\n", "xx\5\1\2\3\4\5\r\n", "xx\0\r\n"),
                of("len2be@4", "\0\1\0\0\0\6\1\3\0\0\0\1", "\0\1\0\0\0\6\1\3\0\0\0\1"),
                of("len4be@4+4", "\0\0\0\0\0\0\0\3\10\1\10\0\0\252\273", "\0\0\0\0\0\0\0\3\10\1\10\0\0\252\273"),
                of("len2le@1!", "#\6\0abc#\3\0", "#\6\0abc", "#\3\0"),
                of("len1@1+1!", "<\6abc><\3>", "<\6abc>", "<\3>"),
                of("len8le@1", "#\1\0\0\0\0\0\0\0x", "#\1\0\0\0\0\0\0\0x"),
                // varint
                of("varint", "\5hello\0\1x", "hello", "", "x"),
                // slip
                of("slip", "hello\300a\300", "hello", "a"),
                of("slip", "\300\300\300hello\300\300\300a\300", "hello", "a"),
                of("slip", "\333\334\300a\333\335b\333\334\333\335\300", "\300", "a\333b\300\333"),
                of("slip", "\334\335\300\300\333\335\335\300", "\334\335", "\333\335"),
                // cobs: the first ones are those of the paper's and the encyclopaedia's tables
                of("cobs", "\1\1\0", "\0"),
                of("cobs", "\1\1\1\0", "\0\0"),
                of("cobs", "\1\2\21\1\0", "\0\21\0"),
                of("cobs", "\3\21\42\2\63\0", "\21\42\0\63"),
                of("cobs", "\5\21\42\63\104\0", "\21\42\63\104"),
                of("cobs", "\2\21\1\1\1\0", "\21\0\0\0"),
                of("cobs", "\1\0\0\0\6hello\0\2\n\0", "", "hello", "\n"),
                // scpi: lines
                of("scpi", "*IDN?\n\r\na\r\r\n\n", "*IDN?", "", "a\r", ""),
                of("scpi", "Model #2,#\n#\n#1\n#1x\n#29\nA#15\n", "Model #2,#", "#", "#1", "#1x", "#29", "A#15"),
                of("scpi", "#H1F,#Q7,#B1\n#0a#15\n", "#H1F,#Q7,#B1", "#0a#15"),
                of("scpi", "D \"#19\",'#19'\nD '\" #15',\"' #15\"\r\n", "D \"#19\",'#19'", "D '\" #15',\"' #15\""),
                of("scpi", "D 'it''s #15'\n\"lost #15\n*CLS\n", "D 'it''s #15'", "\"lost #15", "*CLS"),
                // scpi: blocks
                of("scpi", "#15a\nb\rc\n#15\r\n\r\n\n\r\n", "#15a\nb\rc", "#15\r\n\r\n\n"),
                of("scpi", "#11\r\n#11\n\n#11\r\r\n", "#11\r", "#11\n", "#11\r"),
                of("scpi", "#10\n#10\r\n#3000\n", "#10", "#10", "#3000"),
                of("scpi", "CURV #13\n\n\n,\t#12\n\n;#11\n,'#'\n", "CURV #13\n\n\n,\t#12\n\n;#11\n,'#'"),
                of("scpi", "#800000010ab\ncd\r\nef\r\r\n#15#13'\"\n", "#800000010ab\ncd\r\nef\r", "#15#13'\""),
                of("scpi", "'a',#12'\n,'#12b'\n", "'a',#12'\n,'#12b'"),
                // magic
                of("magic:7878,len1@2+2", "xx\5\1\2\3\4\5\r\nxx\0\r\n", "xx\5\1\2\3\4\5\r\n", "xx\0\r\n"),
                of("magic:24,crlf", "$GPGGA\r\n$\r\n$$\r\n", "$GPGGA", "$", "$$"),
                of("magic:2320,scpi", "# 1\n# #11\n\n", "# 1", "# #11\n"),
                // checksums: 123456789 with the catalogue's check value, and nothing with the initial one
                of("len1~crc16-modbus", "\013" + "123456789" + "\067\113" + "\2\377\377", "123456789", ""),
                of("len1~crc16-modbus-be", "\013" + "123456789" + "\113\067", "123456789"),
                of("len2be~crc32", "\0\015" + "123456789" + "\313\364\071\046" + "\0\4\0\0\0\0", "123456789", ""),
                of("varint~crc32c-le", "\015" + "123456789" + "\203\222\006\343", "123456789"),
                of("fixed:4~crc16-xmodem", "ab\164\377ab\164\377", "ab", "ab"),
                of("slip~crc16-ccitt", "123456789" + "\051\261\300\300", "123456789"),
                of("cobs~crc16-x25", "\014" + "123456789" + "\156\220\0", "123456789"),
                of("len1~crc16-kermit~crc16-arc", "\4\0\0\0\0", ""),
                of("magic:7878,len1@2~crc16-arc", "xx\5abc\051\222", "xx\5abc"));
    }

    byte[] bytes() {
        return Wire.bytes(stream);
    }

    private static Sample of(String framing, String stream, String... frames) {
        return new Sample(framing, stream, List.of(frames));
    }
}
