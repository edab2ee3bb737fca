/**
 * How Node is started for the server. A young generation of at most 16 MB: left to itself V8 lets it grow under load, for a
 * resident memory half as large again and no gain in speed that the benchmark shows.
 */
export const serverFlags = ["--disable-warning=ExperimentalWarning", "--max-semi-space-size=16"];
