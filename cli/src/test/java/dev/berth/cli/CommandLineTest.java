package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says to those who mistype, and where it says it. */
final class CommandLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int berth(String... args) {
        boolean interactive = false;
        return Main.run(new Console(new ByteArrayInputStream(new byte[0]), utf8(out), utf8(err), interactive), args);
    }

    private static PrintStream utf8(ByteArrayOutputStream bytes) {
        boolean flushing = true;
        return new PrintStream(bytes, flushing, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "srve|unknown verb 'srve'; did you mean serve? known: serve, run, new, connect, send, replay, bench, torture, demo, frames (see 'berth --help')",
                "dance|unknown verb 'dance'; known: serve, run, new, connect, send, replay, bench, torture, demo, frames (see 'berth --help')",
                "serve --prot 80|unknown option '--prot'; did you mean --port? (see 'berth serve --help')",
                "serve --prot=80|unknown option '--prot'; did you mean --port? (see 'berth serve --help')",
                "serve 65536|port 65536 is out of range; allowed are 0 to 65535 (see 'berth serve --help')",
                "serve --port 65536|port 65536 is out of range; allowed are 0 to 65535 (see 'berth serve --help')",
                "serve --port|missing required parameter for option '--port' (PORT) (see 'berth serve --help')",
                "serve --handler exec|--handler exec needs a program: -- COMMAND ARGUMENTS..., or --exec 'COMMAND LINE' (see 'berth serve --help')",
                "serve --handler echo --exec cat|--exec is --handler exec; leave --handler out (see 'berth serve --help')",
                "serve --exec cat -- -n|'-n' is left over: --exec takes the whole command line as one word (see 'berth serve --help')",
                "serve --exec cat --frame crlf|--frame and --max-frame mean nothing here: bytes go as they come; leave them out (see 'berth serve --help')",
                "serve --handler exec --max-frame 10 -- cat|--frame and --max-frame mean nothing here: bytes go as they come; leave them out (see 'berth serve --help')",
                "serve --exec-at-once|--exec-at-once needs --exec or --handler exec (see 'berth serve --help')",
                "serve --handler forward|--handler forward needs a server: --to HOST:PORT (see 'berth serve --help')",
                "serve --to :1|--to needs --handler forward (see 'berth serve --help')",
                "serve --classpath a.jar|--classpath needs --handler class:NAME (see 'berth serve --help')",
                "serve --handler class|--handler class needs a name: --handler class:com.acme.Meter --classpath meter.jar (see 'berth serve --help')",
                "run|missing required parameter: 'FILE.java' (see 'berth run --help')",
                "run Server|'Server' is no Java file; its name must end in .java (see 'berth run --help')",
                "run Server.java -x|unknown option '-x'; a word that begins with '-' goes after -- (see 'berth run --help')",
                "new ../up|'../up' is no project's name; it begins with a letter, and allowed are letters (a-z, A-Z), digits, - and _, like meter-server (see 'berth new --help')",
                "torture 192.0.2.1:80|192.0.2.1 is neither this machine nor in a private network; if you may attack it, say --i-may-attack 192.0.2.1 (see 'berth torture --help')",
                "torture 10.0.0.1:80 --i-may-attack 10.0.0.2|--i-may-attack names '10.0.0.2', but the server is '10.0.0.1'; both must be the same word (see 'berth torture --help')",
                "send :1 -x|unknown option '-x'; a word that begins with '-' goes after -- (see 'berth send --help')",
            })
    void wrongUsageIsOneLineOnStderrAndExitCode2(String line, String message) {
        int code = berth(line.split(" "));

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("berth: " + message + System.lineSeparator());
        assertThat(out.size()).isZero();
        assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void aProgramThatIsNotThereIsOneLineOnStderrAndExitCode1() {
        int code = berth("serve", "0", "--handler", "exec", "--", "no-such-program", "-x");

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("berth: cannot find the program 'no-such-program' on the PATH" + System.lineSeparator());
        assertThat(code).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void helpIsDataAndGroupsTheVerbs() {
        int code = berth("--help");

        assertThat(out.toString(StandardCharsets.UTF_8)).containsSubsequence("Run", "  serve ", "Talk", "  connect ", "  send ");
        assertThat(err.size()).isZero();
        assertThat(code).isEqualTo(ExitCode.DONE);
    }

    @Test
    void withoutAVerbTheVerbsAreShown() {
        assertThat(berth()).isEqualTo(ExitCode.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("  serve ");
    }

    @Test
    void versionNamesCommandAndJava() {
        assertThat(berth("--version")).isEqualTo(ExitCode.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8)).matches("berth \\d\\S* \\(Java 2\\d.*\\)\\R");
    }
}
