package dev.berth.acceptance.longrun;

import java.io.IOException;
import java.util.List;

/** Something Berth promises with a figure that can be measured. Stateless: each run makes what it needs. */
interface Promise {

    /** Its number and a word, {@code p4-descriptors}: the name of its result file. */
    String name();

    /** The promise in a sentence or two of plain words, for its result file. */
    String promised();

    /** What this machine lacks for it, in words; nothing if all is there. */
    default List<String> lacking() throws IOException, InterruptedException {
        return List.of();
    }

    /**
     * Measures and judges. Ends whatever it started; what it throws means that nothing could be judged.
     *
     * @return each figure with what was promised; the promise is kept if all are
     */
    List<Row> run(Run run) throws Exception;
}
