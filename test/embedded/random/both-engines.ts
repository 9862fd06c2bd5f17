import { EJSON } from 'bson';
import { type Document, MongoServerError } from 'mongodb';
import { type Engine, openOther, openOwn } from '../engine.ts';
import type { RandomUpdate } from './updates.ts';

/** One case: what was asked, and what each engine made of it, in words that can be compared. */
export interface Outcome {
  asked: string;
  own: string;
  other: string;
}

export interface RandomFind {
  filter: Document;
  sort: Document;
  projection: Document;
}

/** A refusal by the embedded database of what it says it does not carry is right, whatever the other one answers. */
const NOT_CARRIED = 'refused: not supported by this database';

/** Zero without its sign, which `$mul` of a missing field keeps here and loses there. */
const written = (value: unknown): string => EJSON.stringify(value, { relaxed: false }).replaceAll('"-0.0"', '"0.0"');

/** The embedded engine and another one, asked the same. */
export class BothEngines {
  readonly #own: Engine;
  readonly #other: Engine;

  private constructor(own: Engine, other: Engine) {
    this.#own = own;
    this.#other = other;
  }

  static async open(otherUri: string): Promise<BothEngines> {
    const both = new BothEngines(await openOwn(), await openOther(otherUri));
    await both.#own.db.collection('c').createIndexes([{ key: { a: 1 } }, { key: { b: -1, _id: 1 } }]);
    return both;
  }

  async close(): Promise<void> {
    await this.#own.close();
    await this.#other.close();
  }

  empty(): Promise<void> {
    return this.hold([]);
  }

  async hold(documents: Document[]): Promise<void> {
    await this.#each(async ({ db }) => {
      await db.collection('c').deleteMany({});
      if (documents.length > 0)
        await db.collection<{ _id: number }>('c').insertMany(documents.map((each, _id) => ({ _id, ...each })));
    });
  }

  find({ filter, sort, projection }: RandomFind): Promise<Outcome> {
    const options = { projection, promoteValues: false };
    return this.#asked([filter, sort, projection], ({ db }) =>
      db
        .collection('c')
        .find(filter, options)
        .sort({ ...sort, _id: 1 })
        .toArray(),
    );
  }

  aggregate(pipeline: Document[]): Promise<Outcome> {
    return this.#asked(pipeline, async ({ db }) => {
      const made = await db.collection('c').aggregate(pipeline, { promoteValues: false }).toArray();
      const isGrouped = pipeline.some((stage) => '$group' in stage);
      return isGrouped ? made.map(inOrder).map(written).toSorted() : made.map(inOrder);
    });
  }

  /** Each update changes the document of its own number; all of them are one command. */
  async update(updates: RandomUpdate[]): Promise<Outcome[]> {
    const [own = [], other = []] = await this.#each(async ({ db }) => {
      const before = await documentsIn(db);
      const reply = await db.command({
        update: 'c',
        updates: updates.map(({ q, ...each }, _id) => ({ ...each, q: { _id, ...q } })),
        ordered: false,
      });
      const errors: Document[] = reply['writeErrors'] ?? [];
      const after = new Map((await documentsIn(db)).map((each) => [Number(each['_id']), each]));
      return updates.map((each, _id) => {
        const error = errors.find(({ index }) => index === _id);
        const outcome = error
          ? refusal(String(error['errmsg']))
          : written(after.has(_id) ? inOrder(after.get(_id) ?? {}) : null);
        return { asked: `${written(before.find((one) => Number(one['_id']) === _id))} ${written(each)}`, outcome };
      });
    });
    return own.map(({ asked, outcome }, at) => ({ asked, own: outcome, other: other[at]?.outcome ?? '' }));
  }

  /** A whole command, with what it leaves. */
  async write(command: Document): Promise<Outcome> {
    return this.#asked(command, async ({ db }) => {
      const { n, upserted, writeErrors } = await db.command(command);
      const errors = (writeErrors ?? []).map(({ index }: Document) => index);
      return { n, upserted, errors, left: (await documentsIn(db)).map(inOrder) };
    });
  }

  async #asked(what: unknown, ask: (engine: Engine) => Promise<unknown>): Promise<Outcome> {
    const [own = '', other = ''] = await this.#each((engine) =>
      ask(engine).then(written, (error: unknown) => refusalOf(error)),
    );
    return { asked: written(what), own, other };
  }

  #each<T>(act: (engine: Engine) => Promise<T>): Promise<T[]> {
    return Promise.all([this.#own, this.#other].map(act));
  }
}

const documentsIn = (db: Engine['db']): Promise<Document[]> =>
  db.collection('c').find({}, { promoteValues: false }).sort({ _id: 1 }).toArray();

/** Where a pipeline puts a new field is nowhere written. */
const inOrder = (document: Document): Document =>
  Object.fromEntries(Object.entries(document).toSorted(([a], [b]) => (a < b ? -1 : 1)));

const refusal = (message: string): string => (/(by|of) this database/.test(message) ? NOT_CARRIED : 'refused');

function refusalOf(error: unknown): string {
  if (error instanceof MongoServerError) return refusal(error.message);
  throw error;
}

/** Whether the engines agree, or ours says that it does not carry this. */
export const isAgreed = ({ own, other }: Outcome): boolean => own === other || own === NOT_CARRIED;
