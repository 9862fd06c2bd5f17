import { decode } from '../bytes.ts';
import type { Collection } from '../catalogue.ts';
import { idKeyOf } from '../documents.ts';
import { CommandError } from '../errors.ts';
import { type Index, keysOf } from '../indexes.ts';
import { after } from '../key-encoding.ts';
import type { Reader } from '../layer.ts';
import type { Document } from '../values.ts';
import { type Command, type Reply, namespaceOf } from './command.ts';

/** Goes through every document and every index entry, as MongoDB's `validate` does when it is asked for `full`. */
const validate: Command = {
  fields: ['full'],
  run(context) {
    const namespace = namespaceOf(context, 'validate');
    const collection = context.database.catalogue.find(namespace);
    if (!collection)
      throw new CommandError('NamespaceNotFound', `Collection '${namespace}' does not exist to validate.`);
    return report(namespace, inspect(context.workspace, collection));
  },
};

export const VALIDATE_COMMANDS: Record<string, Command> = { validate };

interface Finding {
  /** How many entries it has; of the `_id` index: how many documents there are. */
  entries: number;
  errors: string[];
}

function inspect(reader: Reader, collection: Collection): Map<string, Finding> {
  const findings = new Map<string, Finding>();
  for (const index of collection.indexes)
    findings.set(
      index.spec.name,
      index.number === 0 ? inspectDocuments(reader, collection) : inspectIndex(reader, collection, index),
    );
  return findings;
}

function inspectDocuments(reader: Reader, collection: Collection): Finding {
  const finding: Finding = { entries: 0, errors: [] };
  for (const { key, value } of reader.scan(rangeOf(collection.documents))) {
    finding.entries += 1;
    if (documentAt(value, collection, key) === undefined) finding.errors.push('a document does not stand at its _id');
  }
  return finding;
}

/**
 * Every key of every document has its entry, and there are no other entries. Where a document has an array, the index must
 * be marked for it: a query would else take bounds that leave it out.
 */
function inspectIndex(reader: Reader, collection: Collection, index: Index): Finding {
  const finding: Finding = { entries: 0, errors: [] };
  let expected = 0;
  for (const { key, value } of reader.scan(rangeOf(collection.documents))) {
    const id = key.slice(collection.documents.length);
    const document = documentAt(value, collection, key);
    const { keys, multikey } = document ? keysOf(index, document) : { keys: [], multikey: [] };
    for (const path of multikey.filter((each) => !index.multikey.has(each)))
      finding.errors.push(`it is not known that there are arrays at ${path}`);
    for (const entry of keys.map((each) => (index.spec.unique ? each : each + id))) {
      expected += 1;
      if (reader.get(entry)?.toString('latin1') !== id) finding.errors.push('a document lacks its entry');
    }
  }
  for (const _ of reader.scan(rangeOf(index.prefix))) finding.entries += 1;
  if (finding.entries !== expected)
    finding.errors.push(`there are ${finding.entries} entries, and documents for ${expected}`);
  return finding;
}

const rangeOf = (prefix: string): { start: string; end: string } => ({ start: prefix, end: after(prefix) });

function documentAt(bytes: Buffer, collection: Collection, key: string): Document | undefined {
  try {
    const document = decode(bytes);
    return collection.documents + idKeyOf(document) === key ? document : undefined;
  } catch {
    // Bytes that are no document are what this looks for.
    return undefined;
  }
}

function report(ns: string, findings: Map<string, Finding>): Reply {
  const [documents = { entries: 0, errors: [] }] = findings.values();
  const named = [...findings];
  const errors = named.flatMap(([name, finding]) => [...new Set(finding.errors)].map((error) => `${name}: ${error}`));
  return {
    fields: {
      ns,
      nInvalidDocuments: documents.errors.length,
      nrecords: documents.entries,
      nIndexes: named.length,
      keysPerIndex: Object.fromEntries(named.map(([name, { entries }]) => [name, entries])),
      indexDetails: Object.fromEntries(named.map(([name, finding]) => [name, { valid: finding.errors.length === 0 }])),
      valid: errors.length === 0,
      warnings: [],
      errors,
    },
  };
}
