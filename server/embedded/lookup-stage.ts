import { CommandError } from './errors.ts';
import { follow } from './expressions.ts';
import { place } from './projection.ts';
import { type CompileStage, mapping, membersOf, onDocument, pipelineOf } from './stage.ts';
import { type Document, documentOf } from './values.ts';

const MEMBERS = ['from', 'localField', 'foreignField', 'let', 'pipeline', 'as'];

/** `$lookup`, by two fields, by a pipeline with variables, or by both. */
export function lookup(check: (pipeline: Document[], variables: Document) => void): CompileStage {
  return (specification, context) => {
    const given = membersOf('$lookup', specification, MEMBERS);
    const { from, localField, foreignField, let: bindings = {}, as } = given;
    if (typeof from !== 'string' || typeof as !== 'string')
      throw new CommandError('FailedToParse', "$lookup needs 'from' and 'as'");
    const isByField = typeof localField === 'string' && typeof foreignField === 'string';
    if (!isByField && !('pipeline' in given))
      throw new CommandError('FailedToParse', "$lookup needs 'pipeline', or 'localField' and 'foreignField'");
    const pipeline = pipelineOf(given['pipeline'] ?? []);
    const assigned = Object.entries(documentOf(bindings)).map(
      ([name, each]) => [name, onDocument(each, context)] as const,
    );
    check(pipeline, { ...context.variables, ...Object.fromEntries(assigned) });
    return mapping((document) => {
      const bound = Object.fromEntries(assigned.map(([name, each]) => [name, each(document)]));
      const joined = isByField ? [{ $match: equality(foreignField, follow(document, localField.split('.'))) }] : [];
      const found = [...context.run(from, [...joined, ...pipeline], { ...context.variables, ...bound })];
      return place(document, as.split('.'), () => found);
    });
  };
}

/** An array on the local side joins by each of its elements; missing joins null and missing. */
function equality(field: string, value: unknown): Document {
  if (Array.isArray(value)) return { [field]: { $in: value } };
  return { [field]: { $eq: value ?? null } };
}
