import { type Part, compileAccumulator } from './accumulators.ts';
import { CommandError } from './errors.ts';
import { encodeValue } from './key-encoding.ts';
import { type CompileStage, onDocument } from './stage.ts';
import { isDocument } from './values.ts';

interface Group {
  id: unknown;
  parts: [field: string, part: Part][];
}

/** `$group`: one document for each value of `_id`. */
export const group: CompileStage = (specification, context) => {
  if (!isDocument(specification)) throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!('_id' in specification)) throw new CommandError(15955, 'a group specification must include an _id');
  const { _id, ...fields } = specification;
  const id = onDocument(_id, context);
  const known = Object.keys(context.variables);
  const makers = Object.entries(fields).map(
    ([field, each]) => [field, compileAccumulator(field, each, known)] as const,
  );
  const begin = (value: unknown): Group => ({ id: value, parts: makers.map(([field, make]) => [field, make()]) });
  return function* (source) {
    const groups = new Map<string, Group>();
    for (const root of source) {
      const value = id(root) ?? null;
      const key = encodeValue(value);
      const found = groups.get(key) ?? begin(value);
      groups.set(key, found);
      for (const [, part] of found.parts) part.take({ root, variables: context.variables });
    }
    for (const { id: value, parts } of groups.values())
      yield { _id: value, ...Object.fromEntries(parts.map(([field, part]) => [field, part.result()])) };
  };
};
