/** Told a line now and then. */
export type Progress = (line: string) => void;

const betweenLines = 5_000;

const number = new Intl.NumberFormat('en');
export const counted = (documents: number): string => number.format(documents);

/** Passes documents on; says a line when some seconds have gone by, and one at the end. */
export async function* announced<Item>(items: AsyncIterable<Item>, name: string, say: Progress): AsyncGenerator<Item> {
  let documents = 0;
  let saidAt = Date.now();
  for await (const item of items) {
    yield item;
    documents += 1;
    if (Date.now() - saidAt < betweenLines) continue;
    say(`${name}: ${counted(documents)} so far`);
    saidAt = Date.now();
  }
  say(`${name}: ${counted(documents)}`);
}
