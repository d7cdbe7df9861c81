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
                // delim
                of("delim:00", "one\0\0two\0", "one", "", "two"),
                of("delim:0a", "keeps\r\n", "keeps\r"),
                of("delim:6162", "aaab-ab", "aa", "-"),
                of("delim:616162", "aaab-aaaab", "a", "-aa"),
                of("delim:61616161", "aaabaaaa\naaaa", "aaab", "\n"),
                of("delim:2d2d656e642d2d", "--en--end----end--", "--en", ""),
                of("delim:000102030405060708090a0b0c0d0e0f",
                        "x\0\1\0\1\2\3\4\5\6\7\10\t\n\13\f\r\16\17", "x\0\1"),
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
                of("len8le@1", "#\1\0\0\0\0\0\0\0x", "#\1\0\0\0\0\0\0\0x"));
    }

    byte[] bytes() {
        return Wire.bytes(stream);
    }

    private static Sample of(String framing, String stream, String... frames) {
        return new Sample(framing, stream, List.of(frames));
    }
}
