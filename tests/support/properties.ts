import fc from "fast-check";

/** A counterexample is told as small as it was made by then; the test's own limit of time would lose it. */
fc.configureGlobal({ interruptAfterTimeLimit: 60_000 });
