/**
 * How Node is started for the server. Its memory is held, for no speed that the benchmark shows: a young generation of at most 16 MB, and a
 * full collection as soon as the old one has grown by half. Left to itself V8 lets the first grow under load, and the second to several
 * times what lives in it before it looks, since each young collection passes on the calls under way. The Dockerfile names them too.
 */
export const serverFlags = [
  "--disable-warning=ExperimentalWarning",
  "--max-semi-space-size=16",
  "--heap-growing-percent=50",
];
