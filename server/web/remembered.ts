/** What `load` gave, for `seconds`. For lists of choices that rarely change; never for anything that runs out. */
export function remembered<Value>(seconds: number, load: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined;
  let loadedAt = 0;
  return () => {
    if (value && Date.now() - loadedAt < seconds * 1000) return value;
    loadedAt = Date.now();
    value = load();
    value.catch(() => (value = undefined));
    return value;
  };
}
