package dev.tidemark.spi;

/** One run of a job, as the leader of one term. */
public interface JobRun {

    /**
     * The database, fenced: each transaction first checks that this node still leads in this run's term, so that a node
     * that was frozen and wakes up is refused. {@link Database#statements()} of it can only read.
     */
    Databases databases();

    /** Whether the run should end early: the server stops, or leadership was lost. Long loops ask it. */
    boolean stopping();
}
