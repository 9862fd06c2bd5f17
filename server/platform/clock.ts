let read: () => Date = () => new Date();

/** The present instant. The only clock of Mosaik, so that a test can set it. */
export function now(): Date {
  return read();
}

/** Replaces the clock; returns the function that puts the real one back. */
export function setClock(clock: () => Date): () => void {
  read = clock;
  return () => {
    read = () => new Date();
  };
}
